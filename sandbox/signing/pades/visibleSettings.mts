import { misconfigured } from '../SignFault.mts';
import type { SignatureInfo } from '../../types.mts';

type VisibleSignatureInfo = NonNullable<SignatureInfo['visibleSignatureInfo']>;

export interface Size {
	width: number;
	height: number;
}

export interface SignatureImage {
	type: NonNullable<VisibleSignatureInfo['imageType']>;
	bytes: Uint8Array;
}

/** How a visible signature is drawn. Lengths are in points, which are a PDF's pixels. */
export interface VisibleSettings {
	/** Velocity template of the text; without it, the service's own text is shown. */
	template?: string;
	area: Size;
	/** Red, green and blue, each from 0 to 1; undefined: transparent. */
	background?: readonly [number, number, number];
	fontSize: number;
	image?: SignatureImage;
}

/** The contract names no default for the area; this one has room for four lines of text. */
const DEFAULT_AREA: Size = { width: 200, height: 60 };

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const AREA = new RegExp(`^width=${NUMBER},height=${NUMBER}$`);
const FONT = new RegExp(`^color=#000000,size=${NUMBER}(?:,name=[^,]+)?$`);
/** In points, as in a file that staging signed when no font was asked for. */
const DEFAULT_FONT_SIZE = 10;
const COLOUR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Reads a setting that has its own syntax; its numbers must be positive. */
function positive(name: string, syntax: RegExp, value: string): number[] {
	const numbers = syntax.exec(value)?.slice(1).map(Number);
	if (numbers?.every((number) => number > 0)) return numbers;
	throw misconfigured(`${name} "${value}" is not valid`);
}

function readArea(area: string | undefined): Size {
	if (area === undefined) return DEFAULT_AREA;
	const [width = 0, height = 0] = positive('area', AREA, area);
	return { width, height };
}

function readFontSize(font: string): number {
	const [size = DEFAULT_FONT_SIZE] = positive('font', FONT, font);
	return size;
}

function readBackground(colour: string | undefined): VisibleSettings['background'] {
	if (colour === undefined || colour === 'transparent') return undefined;
	const digits = COLOUR.exec(colour);
	if (digits === null) throw misconfigured(`areaBackgroundColor "${colour}" is not valid`);
	const [red = 0, green = 0, blue = 0] = digits
		.slice(1)
		.map((pair) => Number.parseInt(pair, 16) / 255);
	return [red, green, blue];
}

function readImage({ imageType, imageValue }: VisibleSignatureInfo): SignatureImage | undefined {
	if (imageType === undefined && imageValue === undefined) return undefined;
	if (imageType === undefined || imageValue === undefined) {
		throw misconfigured('imageType and imageValue must be given together');
	}
	// A copy with its own memory: pdf-lib reads memory from its start, but a Buffer may begin later.
	return { type: imageType, bytes: new Uint8Array(Buffer.from(imageValue, 'base64')) };
}

function readTemplate(info: VisibleSignatureInfo): string | undefined {
	if (info.templateType !== 'ONE_OFF') return undefined;
	if (info.oneOffTemplate === undefined) throw misconfigured('ONE_OFF needs a oneOffTemplate');
	return info.oneOffTemplate;
}

/** @throws {SignFault} when a setting does not match the contract's syntax */
export function readVisibleSettings(info: VisibleSignatureInfo): VisibleSettings {
	return {
		template: readTemplate(info),
		area: readArea(info.area),
		background: readBackground(info.areaBackgroundColor),
		fontSize: info.font === undefined ? DEFAULT_FONT_SIZE : readFontSize(info.font),
		image: readImage(info),
	};
}
