import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { owner } from '../harness/N8n.mts';
import { root } from '../harness/root.mts';
import { Stage } from '../harness/Stage.mts';

/** The demo's stage, left standing: the editor with node, credential and example workflows in place. */
const stage = await Stage.set(join(root, 'demo', 'output'));
for (const file of readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json')))
	await stage.n8n.importWorkflow(stage.example(file.replace(/\.json$/, '')), stage.credential.id);

console.log(`
n8n:      ${stage.n8n.url}/home/workflows
log-in:   ${owner.email} / ${owner.password}
sandbox:  ${stage.sandbox.info.baseUrl}
Signed files go to demo/output/. Stop with Ctrl-C.`);
