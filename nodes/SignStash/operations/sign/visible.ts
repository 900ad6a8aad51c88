import type { IDataObject } from 'n8n-workflow';
import type { Document } from '../../documents/Document';
import { imageSize } from '../../documents/imageSize';
import { largestPage, type PageSize } from '../../documents/pageSize';
import { badInput } from '../../Fault';
import type { VisibleSignatureInfo } from '../../service/messages';
import {
	chosen,
	switchedOn,
	textOf,
	wholeNumber,
	within,
	type Get,
	type WholeNumber,
} from '../choices';
import { measures, place, placement, transparentBackground } from './panel/visibleFields';

/** What the user chose for a visible signature; the image is a file that still has to be read. */
export interface VisibleParameters {
	info: VisibleSignatureInfo;
	/** Binary field of the image; empty for none. */
	imageField: string;
	/** How far the drawing extends from a corner of its page; undefined if that is not given. */
	reach?: PageSize;
}

type LocationType = VisibleSignatureInfo['locationType'];

/** The value of each placement, as the service reads it (contract: VisibleSignatureInfo). */
const locationValues: Record<LocationType, (get: Get) => string> = {
	COORDINATE: (get) => {
		const page = whole(get, place.page);
		return `page=${page},x=${whole(get, place.x)},y=${whole(get, place.y)}`;
	},
	SIGN_FIELD: (get) => filled('Signature Field', get('visibleSignField', '')),
	PLACEHOLDER: (get) => filled('Placeholder Word', get('visiblePlaceholder', '')),
};

/** Reads the parameters of a visible signature. */
export function visibleParameters(get: Get): VisibleParameters {
	const locationType = chosen(get, placement);
	const details = get('pdfDetails', {}) as IDataObject;
	const info: VisibleSignatureInfo = {
		...templateOf(details),
		locationType,
		locationValue: locationValues[locationType](get),
		...areaOf(details),
		...backgroundOf(details),
		...fontOf(details),
	};
	const reach = locationType === 'COORDINATE' ? reachOf(get, within(details)) : undefined;
	return {
		info,
		imageField: textOf(details.imageField, 'Image Field'),
		...(reach ? { reach } : {}),
	};
}

/** A drawing without a size extends at least to its place. */
function reachOf(get: Get, detail: Get): PageSize {
	const sized = detail('width', undefined) !== undefined;
	return {
		width: whole(get, place.x) + (sized ? whole(detail, measures.width) : 1),
		height: whole(get, place.y) + (sized ? whole(detail, measures.height) : 1),
	};
}

/**
 * Refuses a drawing that leaves every page of a PDF, whichever corner the service counts from; says nothing about
 * pages whose size cannot be seen.
 * @throws Fault that names place and size
 */
export async function refuseOutside(
	{ name, content }: Document,
	{ reach }: VisibleParameters,
): Promise<void> {
	const page = reach && (await largestPage(content));
	if (!page || (reach.width <= page.width && reach.height <= page.height)) return;
	const across = reach.width > page.width;
	const { displayName: parameter } = across ? place.x : place.y;
	const [size, needed, there] = across
		? ['Width', reach.width, page.width]
		: ['Height', reach.height, page.height];
	throw badInput(
		parameter,
		`'${parameter}' puts the drawing of 'Visible Signature' outside the page of '${name}': it would extend to ${needed} points, and the page has ${Math.floor(there)}`,
		`Lower '${parameter}' or '${size}'. Both are in points, and places count from the upper left corner of the page; A4 is 595 x 842.`,
	);
}

function templateOf({
	text,
}: IDataObject): Pick<VisibleSignatureInfo, 'templateType' | 'oneOffTemplate'> {
	if (text === undefined) return { templateType: 'SERVICE_CUSTOMIZATION' };
	return { templateType: 'ONE_OFF', oneOffTemplate: filled('Text', text) };
}

function areaOf(details: IDataObject): Pick<VisibleSignatureInfo, 'area'> {
	const { width, height } = details;
	const detail = within(details);
	if (width === undefined && height === undefined) return {};
	if (width !== undefined && height !== undefined)
		return {
			area: `width=${whole(detail, measures.width)},height=${whole(detail, measures.height)}`,
		};
	const missing = width === undefined ? 'Width' : 'Height';
	throw badInput(
		missing,
		`'${missing}' of 'Visible Signature' is missing`,
		"Set both 'Width' and 'Height', or neither for the service's own size.",
	);
}

function backgroundOf(details: IDataObject): Pick<VisibleSignatureInfo, 'areaBackgroundColor'> {
	if (switchedOn(within(details), transparentBackground))
		return { areaBackgroundColor: 'transparent' };
	const color = textOf(details.backgroundColor, 'Background Color');
	if (color === '') return {};
	if (/^#[0-9a-f]{6}$/i.test(color)) return { areaBackgroundColor: color };
	throw badInput(
		'Background Color',
		`'Background Color' must look like #FFCC00, but is '${color}'`,
		"Choose a color, or switch on 'Transparent Background'.",
	);
}

/** Black is the only colour that the service supports (contract: font). */
function fontOf(details: IDataObject): Pick<VisibleSignatureInfo, 'font'> {
	if (details.fontSize === undefined) return {};
	return { font: `color=#000000,size=${whole(within(details), measures.fontSize)}` };
}

const imageTypes: Array<[start: Buffer, type: NonNullable<VisibleSignatureInfo['imageType']>]> = [
	[Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'IMAGE_PNG'],
	[Buffer.from([0xff, 0xd8, 0xff]), 'IMAGE_JPG'],
];

/** Adds an image to a visible signature; PNG or JPEG is detected by its bytes. */
export function withImage(
	{ info, imageField }: VisibleParameters,
	image: Buffer,
): VisibleSignatureInfo {
	const imageType = imageTypes.find(([start]) =>
		image.subarray(0, start.length).equals(start),
	)?.[1];
	if (imageType !== undefined) {
		refuseLarger(image, info.area, imageField);
		return { ...info, imageType, imageValue: image.toString('base64') };
	}
	throw badInput(
		'Image Field',
		`The file in field '${imageField}' of 'Image Field' is neither a PNG nor a JPEG image`,
		'Choose another image.',
	);
}

/** The service refuses an image that is larger than its area (contract: 2.2.1). */
function refuseLarger(image: Buffer, area: string | undefined, imageField: string): void {
	const [, width, height] = (/^width=(\d+),height=(\d+)$/.exec(area ?? '') ?? []).map(Number);
	const size = imageSize(image);
	if (!size || width === undefined || height === undefined) return;
	if (size.width <= width && size.height <= height) return;
	throw badInput(
		'Image Field',
		`The image in field '${imageField}' of 'Image Field' has ${size.width} x ${size.height} pixels, but its area has only ${width} x ${height}`,
		"Choose a smaller image, or raise 'Width' and 'Height'.",
	);
}

const whole = (get: Get, field: WholeNumber): number =>
	wholeNumber(get, field, " of 'Visible Signature'");

function filled(parameter: string, value: unknown): string {
	const text = textOf(value, parameter);
	if (text !== '') return text;
	throw badInput(parameter, `'${parameter}' of 'Visible Signature' is empty`, 'Fill it in.');
}
