import { binaryCases } from '../support/binaryCases.cts';

binaryCases('filesystem');
binaryCases('combined', { binaryMode: 'combined' });
