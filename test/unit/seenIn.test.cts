import type { OperationDocument } from '../../nodes/SignStash/service/Operation';
import type { Known, Sighting } from '../../nodes/SignStash/signing/known';
import { begin } from '../../nodes/SignStash/signing/begin';
import { seenIn } from '../../nodes/SignStash/signing/sightings';
import { fingerprint, jobOf, mark, signedBytes } from '../support/playRequest.cts';
import { operation } from '../support/ScriptedPorts.cts';

const claimless: Partial<OperationDocument> = { content: signedBytes };
const otherName: Partial<OperationDocument> = { ...claimless, externalReference: 'other' };

/** How an operation came into sight, and whether that leaves open whose it is. */
test.each<[how: Partial<Known>, isFound: boolean]>([
	[{ doing: 'send' }, false],
	[{ doing: 'send', origin: 'found' }, false],
	[{ doing: 'look' }, true],
	[{ doing: 'fetch' }, false],
	[{ doing: 'wait' }, false],
	[{ doing: 'fetch', origin: 'found' }, true],
	[{ doing: 'wait', origin: 'found' }, true],
])('in sight by %j it counts as found: %s', async (how, isFound) => {
	const asked: string[] = [];
	const shows = async () => {
		asked.push('shows');
		return undefined;
	};
	const known = { ...begin(), ...how };
	const seen = await seenIn(operation([claimless]), [jobOf({ shows })], mark, known);
	expect(seen.documents.map(({ whose }) => whose)).toEqual([isFound ? 'unknown' : 'ours']);
	expect(asked).toEqual(isFound ? ['shows'] : []);
	const renamed = await seenIn(operation([otherName]), [jobOf()], mark, known);
	expect(renamed.documents.map(({ state }) => state)).toEqual([isFound ? 'signed' : 'absent']);
});

test('only the document that was looked for is meant by whatever name', async () => {
	const known: Known = { ...begin(), doing: 'look', asked: 1 };
	const jobs = [jobOf(), jobOf({ reference: 'S' })];
	const { documents } = await seenIn(operation([otherName]), jobs, mark, known);
	const absent: Sighting = { state: 'absent', whose: 'unknown', content: 'missing' };
	expect(documents).toEqual([absent, { state: 'signed', whose: 'unknown', content: 'enough' }]);
});

test('without a content there is nothing to look into', async () => {
	const shows = async () => await Promise.reject(new Error('there is no content'));
	const known: Known = { ...begin(), doing: 'look' };
	const { documents } = await seenIn(operation([{}]), [jobOf({ shows })], mark, known);
	expect(documents).toEqual([{ state: 'signed', whose: 'unknown', content: 'missing' }]);
});

test.each<[shown: Partial<OperationDocument>, wantContent: boolean, content: string]>([
	[{ content: signedBytes }, true, 'enough'],
	[{ content: Buffer.from('x') }, true, 'flawed'],
	[{ contentFlaw: 'is not base64' }, true, 'flawed'],
	[{}, true, 'missing'],
	[{}, false, 'enough'],
	[{ content: Buffer.from('x') }, false, 'enough'],
])('the content of %j, wanted: %s, is %s', async (shown, wantContent, content) => {
	const flaw = (bytes: Buffer) => (bytes.equals(signedBytes) ? undefined : 'is no PDF');
	const seen = await seenIn(operation([shown]), [jobOf({ wantContent, flaw })], mark, begin());
	expect(seen.documents[0]?.content).toBe(content);
});

test.each<[references: string[], ours: boolean]>([
	[[], false],
	[[mark], true],
	[[mark.toUpperCase()], true],
	[['folder of the day', mark], true],
	[['folder of the day'], false],
	[[mark.replace(fingerprint.slice(0, 16), 'b'.repeat(16))], false],
])('an operation of the requests %j is ours: %s', async (requestReferences, ours) => {
	const shown = operation([{}], { requestReferences });
	expect(await seenIn(shown, [jobOf()], mark, begin())).toMatchObject({ ours, id: '7' });
});

test('whether it is finished is seen', async () => {
	const pending = operation([{}], { status: 'PENDING_EXECUTION' });
	expect((await seenIn(pending, [jobOf()], mark, begin())).finished).toBe(false);
	expect((await seenIn(operation([{}]), [jobOf()], mark, begin())).finished).toBe(true);
});
