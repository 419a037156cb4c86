import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { endpointsOnly } from './web/build/endpointsOnly.ts';
import { verifierFile } from './web/build/verifierFile.ts';

export default defineConfig({
  root: 'web',
  plugins: [
    endpointsOnly(),
    verifierFile(fileURLToPath(new URL('randomisation/verifier.mjs', import.meta.url))),
    react(),
  ],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Fonts stay files, so that the content security policy needs no `data:`.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '^/api/': 'http://127.0.0.1:4000' } },
});
