import { ExecuteContext } from 'n8n-core';
import { binaryCases } from '../../support/binaryCases.cts';

/** As in n8n up to 1.123.16, and from 2.0.2 to 2.4.8. */
beforeAll(() => {
	Object.assign(ExecuteContext.prototype, { getWorkflowSettings: undefined });
});

binaryCases('an n8n that does not give a node its workflow settings');
