import { createServer } from 'node:http';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const users = sqliteTable('users', { id: integer('id').primaryKey(), name: text('name').notNull() });
const client = new Database('/tmp/users.db');
client.exec('create table users (id integer primary key, name text not null)');
const db = drizzle(client);
db.insert(users).values({ name: 'Ada' }).run();

createServer((_request, response) => {
  response.end(JSON.stringify(db.select().from(users).all()));
}).listen(8001);
