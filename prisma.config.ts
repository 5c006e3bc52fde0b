import { defineConfig } from 'prisma/config';

// The address is only needed by `prisma migrate deploy`; `generate` and `validate` work without.
// Prisma loads this file by itself, outside the application, so it reads the variable directly.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? '' },
});
