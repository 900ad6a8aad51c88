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

const noHost = "none ('API Base URL' and 'Look-up URL' must begin with https:// or http://)";

test.each<[stored: Stored, hosts: string]>([
	[{ environment: 'production' }, 'msignstash.multicert.com'],
	[{ environment: 'staging', apiBaseUrl: 'https://typed' }, 'staging.must.digital'],
	[custom('https://proxy.example/signstash', ''), 'proxy.example'],
	[custom(' \thttp://user:word@proxy.example:8443'), 'proxy.example'],
	[custom('http://[::1]:8443/'), '[::1]'],
	[custom('https://proxy.example?a', 'https://cloud.example#b'), 'proxy.example,cloud.example'],
	[custom('', 'https://cloud.example'), 'cloud.example'],
	[custom('={{ "https://proxy" + ".example" }}'), 'proxy.example'],
	[custom('={{ "" }}'), noHost],
	[custom(''), noHost],
	[custom('proxy.example', 'ftp://cloud.example'), noHost],
	[custom('https://', 'https:///path'), noHost],
])('the token of %j may be sent to %s only', (stored, hosts) => {
	expect(valueOf('allowedDomains', stored)).toBe(hosts);
});
