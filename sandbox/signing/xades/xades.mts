import { randomUUID, sign } from 'node:crypto';
import type { Document, Node } from '@xmldom/xmldom';
import { sha256 } from '../cms/signedData.mts';
import type { Identity } from '../identity/Identity.mts';
import { misconfigured } from '../SignFault.mts';
import type { SignatureInfo } from '../../types.mts';
import { canonical, canonicalDocument } from './c14n.mts';
import { elements, parse, parseDocument } from './parse.mts';
import { findPlace, insert } from './place.mts';
import * as template from './template.mts';

const { DS, XADES } = template;

const allSignatures = (document: Document): ReadonlySet<Node> =>
	new Set(elements(document, DS, 'Signature'));

/** Which elements a transform removes before the digest, besides the new signature itself. */
const REMOVED: Readonly<
	Record<template.SignatureTransform, (document: Document) => ReadonlySet<Node>>
> = {
	ENVELOPED: () => new Set(),
	XPATH: allSignatures,
	XPATH2_FILTER: allSignatures,
};

/** The canonical form of a part of the signature, as it will be within the document. */
function canonicalPart(xml: string, namespace: string, name: string): string {
	const [part] = elements(parse(xml), namespace, name);
	if (part === undefined) throw new Error(`the signature has no ${name}`);
	return canonical(part);
}

function makeSignature(
	parts: template.Parts,
	document: Document,
	stamp?: (value: Buffer) => Buffer,
): string {
	const properties = template.signedProperties(parts);
	const info = template.signedInfo(
		parts,
		sha256(canonicalDocument(document, REMOVED[parts.signatureTransform](document))),
		sha256(canonicalPart(template.signature(parts, '', properties), XADES, 'SignedProperties')),
	);
	const unsigned = template.signature(parts, info, properties);
	const signed = canonicalPart(unsigned, DS, 'SignedInfo');
	const value = template.signatureValue(
		parts,
		sign('sha256', Buffer.from(signed), parts.signer.key),
	);
	const inner = `${info}${value}${template.keyInfo(parts)}`;
	if (stamp === undefined) return template.signature(parts, inner, properties);
	const canonicalValue = canonicalPart(
		template.signature(parts, inner, properties),
		DS,
		'SignatureValue',
	);
	const token = stamp(Buffer.from(canonicalValue));
	const stamped = template.unsignedProperties(parts, token);
	return template.signature(parts, inner, `${properties}${stamped}`);
}

/**
 * Signs an XML document with an enveloped signature: XAdES baseline (ETSI EN 319 132-1), B-B or
 * B-T with a time stamp. All octets of the document stay as they are.
 * @throws {SignFault} when it cannot be parsed or has no such element to put the signature into
 */
export function signXades(
	content: Buffer,
	info: SignatureInfo,
	signer: Identity,
	stamp?: (signatureValue: Buffer) => Buffer,
): Buffer {
	const {
		signatureLocation,
		signatureTransform = 'ENVELOPED',
		canonicalTransform = 'EXCLUSIVE',
	} = info.advancedSignatureInfo ?? {};
	const document = parseDocument(content);
	const place = findPlace(content.toString('latin1'), signatureLocation);
	if (place === undefined) {
		throw misconfigured(`The document has no element ${signatureLocation}`);
	}
	const parts: template.Parts = {
		id: `signature-${randomUUID()}`,
		signatureTransform,
		canonicalTransform,
		signer,
		signingTime: new Date(),
		contentType: 'text/xml',
	};
	return insert(content, place, makeSignature(parts, document, stamp));
}
