import type { PDFPage } from 'pdf-lib';
import { misconfigured } from '../SignFault.mts';
import type { SignatureInfo } from '../../types.mts';
import { findWord } from './findWord.mts';
import type { OpenPdf } from './openPdf.mts';
import { findEmptyField } from './signatureField.mts';
import type { EmptyField, Rectangle } from './signatureField.mts';
import type { Size } from './visibleSettings.mts';

type LocationType = NonNullable<SignatureInfo['visibleSignatureInfo']>['locationType'];

/** Where a signature is shown: on a page, or in a field that the PDF already has. */
export type Placement = { page: PDFPage; rectangle: Rectangle } | EmptyField;

/** How a world interprets the places that a request names. */
export interface Reading {
	/** Whether coordinates give the drawing's upper left corner, measured from the page's. */
	fromTop: boolean;
	/** Whether the drawing is below its placeholder word; otherwise it is on the word's base line. */
	belowWord: boolean;
}

/** As staging draws, and as the vendor describes placeholders. */
export const USUAL_READING: Reading = { fromTop: true, belowWord: true };

const COORDINATE = /^page=(\d+),x=(-?\d+(?:\.\d+)?),y=(-?\d+(?:\.\d+)?)$/;

/** Rounds to three decimals, which is more than a page ever needs. */
const rounded = (points: number): number => Math.round(points * 1000) / 1000;

function byCoordinate(
	{ document }: OpenPdf,
	value: string,
	area: Size,
	{ fromTop }: Reading,
): Placement {
	const [number, x = 0, y = 0] = COORDINATE.exec(value)?.slice(1).map(Number) ?? [];
	if (number === undefined) throw misconfigured(`The coordinate "${value}" is not valid`);
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
 * What the kinds of location mean. Pixels are points in the page's own coordinates, regardless of its
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
