/** Where the remaining wall time goes, according to a profile; part of the page that the bench writes. */
export const limits = `## What sets the limits

A profile of 100 × 1 MB (V8's sampling profiler in n8n's process, from the first to the last call of the node; one run of 2.1 s on 29 November 2026, slower than those in the table because of the profiler, and with five expressions in the credential, where there are four now):

| share | what | who decides it |
| --- | --- | --- |
| 22 % | evaluating the credential's expressions for each request: in n8n's isolate, with the reading of their text | n8n, and the token address and allowed domains, which depend on the environment |
| 20 % | sockets and streams | n8n's request helper: a new connection for each request, no keep-alive |
| 19 % | the node: looking for signatures in the files (8 %), SHA-256 for the reference (3 %), base64 of body and answer (4 %), the rest (4 %) | the node |
| 10 % | garbage collection | see below |
| 8 % | waiting for the server | the server: it shares two cores with n8n |
| 8 % | reading and decrypting the credential for each request | n8n |
| 5 % | reading and writing files | n8n's storage |

Of these, the bare loop only has the base64, the files and the server.

Garbage collection took 17 to 21 % before the node freed memory itself. A file or a piece of an answer is stored outside V8's heap; when such blocks have grown by some 40 MB, V8 marks the whole heap, which in n8n is 180 to 400 MB. Every 17 documents of 1 MB triggered that, six times in this case. So the node writes a request while it is being sent, and frees blocks of 64 KB and more as soon as they are no longer needed.

A run of thousands of small documents has the opposite need. Each call of n8n's request helper leaves some 50 KB in V8's old space: the credential with its expressions, the sockets, the database queries. When a run freed all of its own memory, V8 noticed nothing, and its heap grew by 530 MB over 10,000 documents of 10 KB before V8 collected garbage. So smaller blocks are left to V8: as garbage outside its heap, they make it collect in time. Most of the memory of such a run is n8n's cost per request: on 30 November 2026, in one run each of 10,000 documents of 10 KB on a busy machine, the naive node with 4 requests took 142 MB, and this node 111 MB.

The event loop is held longest by n8n's first look at the credential, whose expressions it parses all at once (46 ms for five of them in a process that has not parsed any), and by garbage collection. The table shows the same for the naive node.

When documents that were signed in one request are signed again one by one, they are all found in one operation. The node reads it once per run, and each document takes its own content from it. Before, 40 documents of 300 KB took 547 MB of memory and 640 MB of answers; now 1 MB stays in memory and 16 MB are received.

For many small documents, most of the time is n8n's cost per request (connection, credential), which is why Documents per Request helps so much there.

With a slow server, the chain opens as many requests at a time as there are items, and can be faster than the node at one document per request; the node keeps to its Parallel Requests option.
`;
