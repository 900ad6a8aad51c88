/** The bytes of signed content, however its base64 is written. */
export const decoded = (base64: string): Buffer =>
	Buffer.from(base64.replace(/^data:[^,]*,/, ''), 'base64');
