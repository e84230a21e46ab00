// Owns how the front end is served while you work on it: the API is reached through the same origin, so that no CORS is needed.
// `vite preview` sends the policy that a production server should send, so that the tests hold the shop to it.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
  // Pictures come from where the API says.
  "img-src 'self' http: https: data:", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

const proxy = {
  '/graphql': { target: process.env.CARTWRIGHT_URL ?? 'http://127.0.0.1:8080', ws: true },
};

export default defineConfig({
  plugins: [react()],
  server: { proxy },
  preview: { proxy, headers: { 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff' } },
});
