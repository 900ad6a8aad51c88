const start = (...bytes: number[]): Buffer => Buffer.from(bytes);

/** Files that contain others, by their first bytes. */
const containers: Array<[start: Buffer, name: string]> = [
	...[0x80, 0x81, 0x82, 0x83, 0x84].map((length): [Buffer, string] => [
		start(0x30, length),
		'a signed file (CMS)',
	]),
	[Buffer.from('PK'), 'a ZIP archive'],
	[Buffer.from('Rar!'), 'a RAR archive'],
	[Buffer.from('7z'), 'a 7z archive'],
	[Buffer.from('!<arch>'), 'an archive'],
	[start(0x1f, 0x8b), 'a gzip file'],
	[start(0xd0, 0xcf, 0x11, 0xe0), 'a file from Outlook or an older version of Office'],
];

/** What kind of container a file is, by its first bytes; undefined for all others. */
export const containerOf = (head: Buffer): string | undefined =>
	containers.find(([first]) => first.equals(head.subarray(0, first.length)))?.[1];
