import type { PDFPage } from 'pdf-lib';
import { misconfigured } from '../SignFault.mts';
import type { SignatureInfo } from '../../types.mts';
import { findWord } from './findWord.mts';
import type { OpenPdf } from './openPdf.mts';
import { findEmptyField } from './signatureField.mts';
import type { EmptyField, Rectangle } from './signatureField.mts';
import type { Size } from './visibleSettings.mts';

type LocationType = NonNullable<SignatureInfo['visibleSignatureInfo']>['locationType'];

/** Where a signature is shown: on a page, or in a field that the PDF brings along. */
export type Placement = { page: PDFPage; rectangle: Rectangle } | EmptyField;

/** How a world reads the places that a request names. */
export interface Reading {
	/** Whether coordinates name the upper left corner of the drawing, counted from that of the page. */
	fromTop: boolean;
	/** Whether the drawing hangs below its placeholder word; else it stands on the word's base line. */
	belowWord: boolean;
}

/** As staging was seen to draw, and as the vendor describes placeholders. */
export const USUAL_READING: Reading = { fromTop: true, belowWord: true };

const COORDINATE = /^page=(\d+),x=(-?\d+(?:\.\d+)?),y=(-?\d+(?:\.\d+)?)$/;

/** PDF numbers with as many decimals as a page is ever measured in. */
const rounded = (points: number): number => Math.round(points * 1000) / 1000;

function byCoordinate(
	{ document }: OpenPdf,
	value: string,
	area: Size,
	{ fromTop }: Reading,
): Placement {
	const [number, x = 0, y = 0] = COORDINATE.exec(value)?.slice(1).map(Number) ?? [];
	if (number === undefined) throw misconfigured(`The coordinate "${value}" is not understood`);
	const count = document.getPageCount();
	if (number < 1 || number > count) throw misconfigured(`There is no page ${number} of ${count}`);
	const page = document.getPage(number - 1);
	const bottom = fromTop ? rounded(page.getHeight() - y - area.height) : y;
	return { page, rectangle: { x, y: bottom, ...area } };
}

function byField({ document }: OpenPdf, value: string): Placement {
	const field = findEmptyField(document, value);
	if (field === undefined) throw misconfigured(`The PDF has no empty signature field "${value}"`);
	return field;
}

async function byWord(
	{ document, content }: OpenPdf,
	value: string,
	area: Size,
	{ belowWord }: Reading,
): Promise<Placement> {
	const found = value === '' ? undefined : await findWord(content, value);
	if (found === undefined) throw misconfigured(`The PDF does not contain the word "${value}"`);
	const { page, x, y } = found;
	const bottom = belowWord ? rounded(y - area.height) : y;
	return { page: document.getPage(page), rectangle: { x, y: bottom, ...area } };
}

/**
 * What the kinds of location mean. Pixels are points of the page's own coordinates, whatever its
 * rotation; a field keeps its own area.
 */
const PLACES: Readonly<
	Record<
		LocationType,
		(pdf: OpenPdf, value: string, area: Size, reading: Reading) => Placement | Promise<Placement>
	>
> = { COORDINATE: byCoordinate, SIGN_FIELD: byField, PLACEHOLDER: byWord };

/** @throws {SignFault} when the PDF has no such place */
export async function findPlacement(
	pdf: OpenPdf,
	type: LocationType,
	value: string,
	area: Size,
	reading: Reading,
): Promise<Placement> {
	return await PLACES[type](pdf, value, area, reading);
}
