import '../support/inMemory';
import { binaryCases } from '../support/binaryCases';

binaryCases('in-memory');
