/** What a profile says of the wall time that is left; part of the page that the bench writes. */
export const limits = `## What sets the limits

A profile of the node's part of 100 × 1 MB (V8's sampling profiler in n8n's process, 2.0 s between the first and the last call of the node, on the machine of the first such table):

| share | what | who sets it |
| --- | --- | --- |
| 21 % | garbage collection | n8n's heap of some 250 MB is marked whenever the bytes of files and answers outside of it have grown enough; the node uses its buffers for bodies and signed files again, but the pieces of every answer and every file read are n8n's and Node's own |
| 15 % | waiting for the server | the server: two cores carry it and n8n |
| 14 % | sockets and streams | n8n's request helper: a new connection for each request, no keep-alive |
| 12 % | reading and decrypting the credential for each request, its expressions in n8n's isolate | n8n; one of two expressions was taken out of the credential since |
| 5 % | writing the signed files | n8n's storage |
| 6 % | SHA-256 for the reference, base64 of the body | the node |

The bare loop has none of the first five but the server. For many small documents n8n's cost per request (connection, credential) is most of the time, which is why Documents per Request helps so much there.

With a slow server the chain opens as many requests at a time as there are items, and can be faster than the node at one document per request; it is the Parallel Requests option that the node keeps to.
`;
