import { PDFDocument } from 'pdf-lib';
import type { InputFile } from './engine.cts';

const pages = new Map<string, Promise<Buffer>>();

async function page(text: string): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.addPage([595, 842]).drawText(text, { x: 20, y: 500, size: 12 });
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** A small real PDF of one A4 page; `text` makes each one different, and the same text gives the same bytes. */
export async function pdf(text: string, fileName = 'invoice.pdf'): Promise<InputFile> {
	const made = pages.get(text) ?? page(text);
	pages.set(text, made);
	return { content: await made, fileName, mimeType: 'application/pdf' };
}

/** A UBL invoice without the signature extension, enough for a signature to find its place. */
export function ubl(id: string, fileName = 'invoice.xml'): InputFile {
	const content = Buffer.from(
		`<?xml version="1.0" encoding="UTF-8"?>\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">\n  <cbc:ID>${id}</cbc:ID>\n</Invoice>\n`,
	);
	return { content, fileName, mimeType: 'text/xml' };
}

/** A red PNG of one pixel. */
export function png(): InputFile {
	const base64 =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
	return { content: Buffer.from(base64, 'base64'), fileName: 'logo.png', mimeType: 'image/png' };
}

/** A white JPEG of one pixel. */
export function jpeg(): InputFile {
	const base64 =
		'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';
	return { content: Buffer.from(base64, 'base64'), fileName: 'logo.jpg', mimeType: 'image/jpeg' };
}
