/** RC4, which old PDFs are encrypted with and OpenSSL no longer offers. */
export function rc4(key: Uint8Array, content: Uint8Array): Buffer {
	const state = Uint8Array.from({ length: 256 }, (_, at) => at);
	const at = (index: number): number => state[index & 255] ?? 0;
	const swap = (one: number, other: number): void => {
		[state[one], state[other]] = [at(other), at(one)];
	};
	let second = 0;
	for (let first = 0; first < 256; first += 1) {
		second = (second + at(first) + (key[first % key.length] ?? 0)) & 255;
		swap(first, second);
	}
	let [first, other] = [0, 0];
	return Buffer.from(
		content.map((byte) => {
			first = (first + 1) & 255;
			other = (other + at(first)) & 255;
			swap(first, other);
			return byte ^ at(at(first) + at(other));
		}),
	);
}
