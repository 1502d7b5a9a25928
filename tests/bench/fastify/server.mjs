// The ratings of a store as a Fastify application would give them, one prepared statement a request.
//
//     node server.mjs STORE    STORE has a table rating (id, json), which service.mjs puts there
//
// Prints "listening on URL", as touchstone does. The JSON is stored as it is sent, so that nothing
// is measured here but finding it and sending it.
import Database from 'better-sqlite3';
import Fastify from 'fastify';

const store = new Database(process.argv[2], { readonly: true });
const find = store.prepare('SELECT json FROM rating WHERE id = ?');
const app = Fastify({ logger: false });
app.get('/v1/ratings/:question', (request, reply) => {
    const row = find.get(request.params.question);
    if (row === undefined)
        return reply.code(404).send({ status: 404 });
    return reply.type('application/json').send(row.json);
});
console.log(`listening on ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
