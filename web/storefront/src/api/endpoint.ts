// Owns where the API is. Behind the development server's proxy, or on one host with the shop, it is the same origin.
const address = new URL(import.meta.env.VITE_GRAPHQL_URL ?? '/graphql', location.href);

export const endpoint = address.href;
export const liveEndpoint = address.href.replace(/^http/, 'ws');
