import type { Document } from 'openapi-backend';
import { CONTRACT } from './contract.mts';
import { Validator } from './Validator.mts';
import { resendAddresses, takesAnyType, takesUnknownProperties } from './worlds/requests.mts';
import type { World } from './worlds/World.mts';

/** A rule of the contract that some worlds do not have: where it is, and what is removed. */
interface Waiver {
	waived(world: World): boolean;
	keyword: string;
	/** A schema of the contract; undefined for all of them. */
	schema?: string;
}

const WAIVERS: readonly Waiver[] = [
	{ waived: takesUnknownProperties, keyword: 'additionalProperties' },
	{ waived: takesAnyType, keyword: 'enum', schema: 'ContentType' },
	{
		waived: (world) => resendAddresses(world).none,
		keyword: 'minItems',
		schema: 'ReceiverAddresses',
	},
];

function strip(node: unknown, keyword: string): void {
	if (typeof node !== 'object' || node === null) return;
	if (keyword in node) Reflect.deleteProperty(node, keyword);
	for (const inner of Object.values(node)) strip(inner, keyword);
}

function contractWithout(waivers: readonly Waiver[]): Document {
	const contract = structuredClone(CONTRACT);
	const schemas = new Map(Object.entries(contract.components?.schemas ?? {}));
	for (const { keyword, schema } of waivers)
		strip(schema === undefined ? contract : schemas.get(schema), keyword);
	return contract;
}

const bit = (on: boolean, index: number): number => (on ? 2 ** index : 0);

/** The contract's rules, without those that a world does not have. */
export class Validators {
	readonly #byWaivers: readonly Validator[];

	private constructor(byWaivers: readonly Validator[]) {
		this.#byWaivers = byWaivers;
	}

	static async create(): Promise<Validators> {
		const sets = Array.from({ length: 2 ** WAIVERS.length }, (_, set) =>
			WAIVERS.filter((_waiver, index) => (set & (2 ** index)) !== 0),
		);
		return new Validators(
			await Promise.all(sets.map(async (set) => await Validator.create(contractWithout(set)))),
		);
	}

	of(world: World): Validator {
		const set = WAIVERS.reduce((sum, { waived }, index) => sum + bit(waived(world), index), 0);
		const found = this.#byWaivers[set];
		if (found === undefined) throw new Error('there is no such set of waivers');
		return found;
	}
}
