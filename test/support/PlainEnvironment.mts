import { createRequire } from 'node:module';
import vm from 'node:vm';

const { TestEnvironment } = createRequire(import.meta.url)(
	'jest-environment-node',
) as typeof import('jest-environment-node');

const create = vm.createContext;

export default class PlainEnvironment extends TestEnvironment {
	constructor(...parts: ConstructorParameters<typeof TestEnvironment>) {
		Object.assign(vm, { createContext: () => create(vm.constants.DONT_CONTEXTIFY as never) });
		super(...parts);
		Object.assign(vm, { createContext: create });
	}
}
