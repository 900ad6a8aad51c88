import { Refusal } from '../Refusal.mts';

/** A page of a web server or gateway, not of the service itself. */
export function page(status: number, title: string): Refusal {
	const body = `<!doctype html><title>HTTP Status ${status} – ${title}</title>`;
	return new Refusal(status, body, { 'content-type': 'text/html;charset=utf-8' });
}

/** A refusal with an undocumented code, so that it cannot be mistaken for a documented one. */
export function coded(status: number, errorCode: string, description: string): Refusal {
	return new Refusal(status, { errorCode, errorCodeDescription: description });
}
