import type { IDataObject } from 'n8n-workflow';
import { imageSize } from '../../documents/imageSize';
import { badInput } from '../../Fault';
import type { VisibleSignatureInfo } from '../../service/messages';
import { chosen, switchedOn, within, type Get } from '../choices';
import { placement, transparentBackground } from './panel/visibleFields';

/** What the user chose for a visible signature; the image is a file that still has to be read. */
export interface VisibleParameters {
	info: VisibleSignatureInfo;
	/** Binary field of the image; empty for none. */
	imageField: string;
}

type LocationType = VisibleSignatureInfo['locationType'];

const trimmed = (value: unknown): string => String(value ?? '').trim();

/** The value of each placement, as the service reads it (contract: VisibleSignatureInfo). */
const locationValues: Record<LocationType, (get: Get) => string> = {
	COORDINATE: (get) => {
		const page = whole('Page', get('visiblePage', 1), 1);
		const x = whole('X', get('visibleX', 0), 0);
		const y = whole('Y', get('visibleY', 0), 0);
		return `page=${page},x=${x},y=${y}`;
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
	return { info, imageField: trimmed(details.imageField) };
}

function templateOf({
	text,
}: IDataObject): Pick<VisibleSignatureInfo, 'templateType' | 'oneOffTemplate'> {
	if (text === undefined) return { templateType: 'SERVICE_CUSTOMIZATION' };
	return { templateType: 'ONE_OFF', oneOffTemplate: filled('Text', text) };
}

function areaOf({ width, height }: IDataObject): Pick<VisibleSignatureInfo, 'area'> {
	if (width === undefined && height === undefined) return {};
	if (width !== undefined && height !== undefined)
		return { area: `width=${whole('Width', width, 1)},height=${whole('Height', height, 1)}` };
	const missing = width === undefined ? 'Width' : 'Height';
	throw badInput(
		missing,
		`'${missing}' of 'Visible Signature' is missing`,
		"Give both 'Width' and 'Height', or neither for the service's own size.",
	);
}

function backgroundOf(details: IDataObject): Pick<VisibleSignatureInfo, 'areaBackgroundColor'> {
	if (switchedOn(within(details), transparentBackground))
		return { areaBackgroundColor: 'transparent' };
	const color = trimmed(details.backgroundColor);
	if (color === '') return {};
	if (/^#[0-9a-f]{6}$/i.test(color)) return { areaBackgroundColor: color };
	throw badInput(
		'Background Color',
		`'Background Color' has to look like #FFCC00, but is '${color}'`,
		"Choose a colour, or switch on 'Transparent Background'.",
	);
}

/** Black is the only colour that the service supports (contract: font). */
function fontOf({ fontSize }: IDataObject): Pick<VisibleSignatureInfo, 'font'> {
	if (fontSize === undefined) return {};
	return { font: `color=#000000,size=${whole('Font Size', fontSize, 1)}` };
}

const imageTypes: Array<[start: Buffer, type: NonNullable<VisibleSignatureInfo['imageType']>]> = [
	[Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'IMAGE_PNG'],
	[Buffer.from([0xff, 0xd8, 0xff]), 'IMAGE_JPG'],
];

/** Adds an image to a visible signature; PNG or JPEG is told by its bytes. */
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
		`The image in field '${imageField}' of 'Image Field' has ${size.width} x ${size.height} pixels, but its area only ${width} x ${height}`,
		"Choose a smaller image, or raise 'Width' and 'Height'.",
	);
}

function whole(parameter: string, value: unknown, least: number): number {
	const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
	if (Number.isSafeInteger(number) && number >= least) return number;
	throw badInput(
		parameter,
		`'${parameter}' of 'Visible Signature' has to be a whole number from ${least} up, but is '${String(value)}'`,
		'Correct the value.',
	);
}

function filled(parameter: string, value: unknown): string {
	const text = trimmed(value);
	if (text !== '') return text;
	throw badInput(parameter, `'${parameter}' of 'Visible Signature' is empty`, 'Fill it in.');
}
