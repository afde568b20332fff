import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    // No data: addresses, so that a strict content security policy needs no exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page behind the labels is written by the server, which looks up here what its script is called.
    manifest: true,
    rolldownOptions: { input: ["index.html", "lot/main.ts"] },
  },
  server: { proxy: { "/api": "http://localhost:3000" } },
});
