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

const COORDINATE = /^page=(\d+),x=(-?\d+(?:\.\d+)?),y=(-?\d+(?:\.\d+)?)$/;

function byCoordinate({ document }: OpenPdf, value: string, area: Size): Placement {
	const [number, x = 0, y = 0] = COORDINATE.exec(value)?.slice(1).map(Number) ?? [];
	if (number === undefined) throw misconfigured(`The coordinate "${value}" is not understood`);
	const count = document.getPageCount();
	if (number < 1 || number > count) throw misconfigured(`There is no page ${number} of ${count}`);
	return { page: document.getPage(number - 1), rectangle: { x, y, ...area } };
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
): Promise<Placement> {
	const found = value === '' ? undefined : await findWord(content, value);
	if (found === undefined) throw misconfigured(`The PDF does not contain the word "${value}"`);
	const { page, x, y } = found;
	return { page: document.getPage(page), rectangle: { x, y, ...area } };
}

/**
 * What the kinds of location mean. Pixels are points of the page's own coordinates, whatever its
 * rotation; a field keeps its own area.
 */
const PLACES: Readonly<
	Record<LocationType, (pdf: OpenPdf, value: string, area: Size) => Placement | Promise<Placement>>
> = { COORDINATE: byCoordinate, SIGN_FIELD: byField, PLACEHOLDER: byWord };

/** @throws {SignFault} when the PDF has no such place */
export async function findPlacement(
	pdf: OpenPdf,
	type: LocationType,
	value: string,
	area: Size,
): Promise<Placement> {
	return await PLACES[type](pdf, value, area);
}
