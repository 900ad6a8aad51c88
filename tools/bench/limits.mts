/** What a profile says of the wall time that is left; part of the page that the bench writes. */
export const limits = `## What sets the limits

A profile of the node's part of 100 × 1 MB (V8's sampling profiler in n8n's process, from the first to the last call of the node; two runs of 2.6 s each, slower than the table's for the profiler):

| share | what | who sets it |
| --- | --- | --- |
| 22 % | sockets and streams | n8n's request helper: a new connection for each request, no keep-alive |
| 16 to 17 % | reading and decrypting the credential for each request | n8n |
| 11 to 14 % | the credential's one expression, which n8n evaluates in its isolate for each request; a quarter of it is reading its text once | n8n, and the token address that depends on the environment |
| 10 to 12 % | SHA-256 for the reference, base64 of body and answer | the node |
| 7 to 18 % | waiting for the server | the server: two cores carry it and n8n |
| 6 to 8 % | garbage collection | see below |
| 5 to 12 % | reading and writing files | n8n's storage |

The bare loop has none of these but the base64, the files and the server.

Garbage collection took 17 to 21 % before the node gave memory back by itself. A file or a piece of an answer lies outside of V8's heap; when such blocks have grown by some 40 MB, V8 marks the whole heap, and n8n's heap is 180 to 400 MB of it. Every 17 documents of 1 MB did that, six times in this case. So a request is written while it is sent, and blocks of 64 KB and more are freed as soon as they are of no more use.

A run of thousands of small documents has the opposite need. Each call of n8n's request helper leaves some 50 KB in V8's old space: the credential with its expressions, the sockets, the queries of the database. A run that gave back all of its own memory showed V8 nothing, so its heap grew by 530 MB over 10,000 documents of 10 KB before V8 looked. So smaller blocks are left to V8: as garbage outside of its heap they have it collect in time.

Documents that were signed in one request, and are signed again one by one, are found in one operation. It is read once per run, and each document takes its own content from it: 40 documents of 300 KB held 547 MB before, and 640 MB of answers came for them; now it is 1 MB that stays, and 16 MB that come.

For many small documents n8n's cost per request (connection, credential) is most of the time, which is why Documents per Request helps so much there.

With a slow server the chain opens as many requests at a time as there are items, and can be faster than the node at one document per request; it is the Parallel Requests option that the node keeps to.
`;
