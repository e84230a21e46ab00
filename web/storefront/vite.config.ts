// Owns how the front end is served while you work on it: the API is reached through the same origin, so that no CORS is needed.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const proxy = {
  '/graphql': { target: process.env.CARTWRIGHT_URL ?? 'http://127.0.0.1:8080', ws: true },
};

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: { proxy },
});
