/** What a body streams, as its sender would read it. */
export async function bodyText(body: unknown): Promise<string> {
	if (!(body instanceof Blob)) return String(body);
	const pieces: Buffer[] = [];
	const stream: AsyncIterable<Uint8Array> = body.stream();
	for await (const piece of stream) pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces).toString();
}
