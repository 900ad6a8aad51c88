import { binaryCases } from '../support/binaryCases';

binaryCases('filesystem');
binaryCases('combined', { binaryMode: 'combined' });
