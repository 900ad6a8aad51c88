import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationId } from '../../service/Operation';

/** Documents that a run sent one by one and could have gathered: those without receivers. */
export interface Gatherable {
	documents: number;
	/** Bytes of all of them. */
	bytes: number;
}

/** What the user should know of a run that went well; shown in the output pane. */
export class Hints {
	/** Documents whose signature of before is returned. */
	recovered = 0;
	/** Names of files that only a pattern matched and that are neither PDF nor XML. */
	readonly skipped: string[] = [];
	/** Given references with characters that the service's addresses cannot hold. */
	readonly replaced = new Set<string>();
	/** Operations whose further receivers could not be e-mailed. */
	readonly notMailed = new Set<OperationId>();
	/** Documents that went one by one, and could have shared a request. */
	readonly ungathered: Gatherable = { documents: 0, bytes: 0 };

	/** @param bytesPerRequest content that one request may hold */
	show(context: IExecuteFunctions, bytesPerRequest: number): void {
		const { recovered, skipped, replaced, notMailed } = this;
		const messages = [
			gatheringHint(this.ungathered, bytesPerRequest),
			recovered > 0 &&
				`${counted(recovered, 'document had', 'documents had')} been signed before: the existing signature is returned, and nothing was billed again.`,
			skipped.length > 0 &&
				`${counted(skipped.length, 'file', 'files')} matched 'Input Data Field Name' but ${skipped.length === 1 ? 'is' : 'are'} neither PDF nor XML, and ${skipped.length === 1 ? 'was' : 'were'} left out: ${listed(skipped)}.`,
			replaced.size > 0 &&
				`White space and / \\ % ; ? # became _ in ${counted(replaced.size, "'External Reference'", "'External References'")}: ${listed([...replaced])}.`,
			notMailed.size > 0 &&
				`Documents that several items share are signed, but not every receiver could be e-mailed. Use 'Resend Email' for ${counted(notMailed.size, 'operation', 'operations')}: ${listed([...notMailed])}.`,
		];
		for (const message of messages)
			if (message) context.addExecutionHints({ message, location: 'outputPane' });
	}
}

const counted = (count: number, one: string, several: string): string =>
	`${count} ${count === 1 ? one : several}`;

const listed = (names: string[]): string =>
	names.length > 5
		? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
		: names.join(', ');

/** What the vendor names as a common payload: 50 files of 200 KB (contract, load). */
const common = { documents: 50, bytesEach: 200_000 };

/**
 * What gathering would have saved a run with 'Documents per Request' at 1; undefined for few or large
 * documents, where it saves little.
 *
 * @param bytesPerRequest content that one request may hold
 */
export function gatheringHint(
	{ documents, bytes }: Gatherable,
	bytesPerRequest: number,
): string | undefined {
	if (documents < common.documents || bytes > documents * common.bytesEach) return undefined;
	const requests = Math.max(
		Math.ceil(documents / common.documents),
		Math.ceil(bytes / bytesPerRequest),
	);
	const about = requests === 1 ? '1 request' : `about ${requests} requests`;
	return `${documents} documents took ${documents} requests. With the option 'Documents per Request' at ${common.documents} they take ${about}, and far less time. Documents of one request share an operation: whoever is later e-mailed that operation sees all of them.`;
}
