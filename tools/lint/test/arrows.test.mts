import { join } from 'node:path';
import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { arrows } from '../rule.mts';

RuleTester.describe = describe;
RuleTester.it = it;

const root = join(import.meta.dirname, '..', '..', '..');
const node = 'nodes/SignStash';

/** A file and its import. */
type Import = [file: string, code: string];

const along: Import[] = [
	[`${node}/SignStash.node.ts`, "import { sign } from './operations/sign/sign'"],
	[`${node}/operations/sign/sign.ts`, "import { carryOut } from '../../signing/carryOut'"],
	[`${node}/operations/readFile.ts`, "import { free } from '../bytes/blocks'"],
	[`${node}/operations/context.ts`, "import { addressesOf } from '../service/environments'"],
	[`${node}/signing/carryOut.ts`, "import { Gate } from './Gate'"],
	[`${node}/signing/carryOut.ts`, "import { sleep } from 'n8n-workflow'"],
	[`${node}/signing/SigningJob.ts`, "import type { SignDocument } from '../service/messages'"],
	[`${node}/signing/SigningJob.ts`, "import { type SignDocument } from '../service/messages'"],
	['sandbox/types.mts', `export type * from '../${node}/service/generated/signstash.ts'`],
	['sandbox/test/verify.mts', "import { pdfSignatures } from '../../tools/verify/pdf.mts'"],
	['tools/conformance/main.mts', "import { startSandbox } from '../../sandbox/Sandbox.mts'"],
	['test/unit/gate.test.cts', `import { Gate } from '../../${node}/signing/Gate'`],
];

const against: Import[] = [
	[`${node}/bytes/Content.ts`, "import { Fault } from '../Fault'"],
	[`${node}/service/transport.ts`, "import { carryOut } from '../signing/carryOut'"],
	[`${node}/service/transport.ts`, "import type { SigningJob } from '../signing/SigningJob'"],
	[`${node}/service/transport.ts`, "export { carryOut } from '../signing/carryOut'"],
	[`${node}/service/transport.ts`, "export * from '../signing/carryOut'"],
	[`${node}/service/transport.ts`, "type Job = import('../signing/SigningJob').SigningJob"],
	[`${node}/service/transport.ts`, "const loaded = import('../signing/carryOut')"],
	[`${node}/service/transport.ts`, "const loaded = require('../signing/carryOut')"],
	[`${node}/signing/carryOut.ts`, "import { sign } from '../operations/sign/sign'"],
	[`${node}/signing/carryOut.ts`, "import { fileKind } from '../documents/fileKind'"],
	[`${node}/documents/Document.ts`, "import { sign } from '../service/SignStashService'"],
	[`${node}/documents/Document.ts`, "import type { ContentType } from '../service/messages'"],
	[`${node}/signing/SigningJob.ts`, "import { SignDocument } from '../service/messages'"],
	[`${node}/operations/sign/sign.ts`, "import { Sandbox } from '../../../../sandbox/Sandbox.mts'"],
	[`${node}/operations/sign/sign.ts`, "import { files } from '../../../../test/support/files.cts'"],
	[
		'credentials/SignStashOAuth2Api.credentials.ts',
		`import { Gate } from '../${node}/signing/Gate'`,
	],
	['sandbox/Sandbox.mts', `import { Gate } from '../${node}/signing/Gate.ts'`],
	['sandbox/Sandbox.mts', "import { Stage } from '../tools/n8n/Stage.mts'"],
	['tools/conformance/Lab.mts', `import { Gate } from '../../${node}/signing/Gate.ts'`],
	['attic/old.mts', "import { Gate } from './Gate.mts'"],
];

const cases = (imports: Import[]) =>
	imports.map(([file, code]) => ({ name: `${file}: ${code}`, filename: join(root, file), code }));

new RuleTester({ languageOptions: { parser: tseslint.parser } }).run('arrows', arrows, {
	valid: cases(along),
	invalid: cases(against).map((one) => ({ ...one, errors: 1 })),
});
