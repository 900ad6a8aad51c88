import { runInNewContext } from 'vm';
import { SignStashOAuth2Api } from '../../credentials/SignStashOAuth2Api.credentials';

type Stored = Record<string, string>;

/** What the expression in a hidden field gives for a credential as it is stored. */
function valueOf(field: string, stored: Stored): unknown {
	const property = new SignStashOAuth2Api().properties.find(({ name }) => name === field);
	return evaluated(String(property?.default).slice(1), stored);
}

const evaluated = (text: string, $self: Stored): unknown =>
	runInNewContext(text.replace(/^\{\{|\}\}$/g, ''), {
		$self,
		$evaluateExpression: (inner: string) => evaluated(inner, $self),
	});

const custom = (apiBaseUrl: string, lookUpUrl?: string): Stored => ({
	environment: 'custom',
	apiBaseUrl,
	...(lookUpUrl === undefined ? {} : { lookUpUrl }),
});

test.each<[stored: Stored, mode: string, hosts: string]>([
	[{ environment: 'production' }, 'domains', 'msignstash.multicert.com'],
	[{ environment: 'staging', apiBaseUrl: 'https://typed' }, 'domains', 'staging.must.digital'],
	[custom('https://proxy.example/signstash', ''), 'domains', 'proxy.example'],
	[custom(' \thttp://user:word@proxy.example:8443'), 'domains', 'proxy.example'],
	[custom('http://[::1]:8443/'), 'domains', '[::1]'],
	[
		custom('https://proxy.example?a', 'https://cloud.example#b'),
		'domains',
		'proxy.example,cloud.example',
	],
	[custom('', 'https://cloud.example'), 'domains', 'cloud.example'],
	[custom('={{ "https://proxy" + ".example" }}'), 'domains', 'proxy.example'],
	[custom('={{ "" }}'), 'all', ''],
	[custom(''), 'all', ''],
	[custom('proxy.example', 'ftp://cloud.example'), 'all', ''],
	[custom('https://', 'https:///path'), 'all', ''],
])('the token of %j may be sent to %s: %s', (stored, mode, hosts) => {
	expect(valueOf('allowedHttpRequestDomains', stored)).toBe(mode);
	expect(valueOf('allowedDomains', stored)).toBe(hosts);
});
