import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import type { Occasion } from '../Occasion.mts';
import type { Client } from '../state/Clients.mts';
import type { Answer, Told } from '../wire/Answer.mts';

/** What the sandbox does for one of the contract's operations. */
export interface Endpoint {
	on: Occasion;
	/** @throws Refusal for every answer except success */
	answer(house: House, exchange: Exchange): Promise<Answer | Told>;
}

/** What a business endpoint does once the caller is known. */
export type BusinessWork = (
	house: House,
	exchange: Exchange,
	client: Client,
) => Promise<Answer | Told>;
