import '../../support/inMemory.cts';
import { binaryCases } from '../../support/binaryCases.cts';

binaryCases('in-memory');
