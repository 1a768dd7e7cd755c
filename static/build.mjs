/* Bundles static/<room>/<name>.entry.{js,css} into $FRONTEND_OUT/<room>/<name>.{js,css}
   and copies pictures. Packages come from $FRONTEND_MODULES (a node_modules folder),
   which is not below static/: what is served is only what this file writes. */
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const sources = path.dirname(fileURLToPath(import.meta.url));
const house = path.dirname(sources);
const modules = path.resolve(
  process.env.FRONTEND_MODULES ?? path.join(house, ".build/frontend/node_modules"),
);
const out = path.resolve(process.env.FRONTEND_OUT ?? path.join(house, ".build/static"));

const ENTRY = /\.entry\.(js|css)$/;
const PICTURE = /\.(svg|png|ico|webp|webmanifest)$/;

/** Paths of all files below `folder`, relative to it; an absent folder has none. */
async function filesBelow(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter((file) => !file.split(path.sep).includes("node_modules"));
}

/** Bundles in memory, so that a broken source leaves the last good build in place. */
async function bundle(entries) {
  const esbuild = createRequire(path.join(modules, "_"))("esbuild");
  const result = await esbuild.build({
    absWorkingDir: sources,
    entryPoints: entries.map((file) => ({ in: `./${file}`, out: file.replace(ENTRY, "") })),
    outdir: out,
    nodePaths: [modules],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
    legalComments: "none",
    logLevel: "warning",
  });
  return result.outputFiles.map((file) => [path.relative(out, file.path), file.contents]);
}

async function put(file, write) {
  const target = path.join(out, file);
  await mkdir(path.dirname(target), { recursive: true });
  await write(target);
}

const files = await filesBelow(sources);
const bundles = await bundle(files.filter((file) => ENTRY.test(file)));
const pictures = files.filter((file) => PICTURE.test(file));

for (const [file, contents] of bundles) await put(file, (target) => writeFile(target, contents));
for (const file of pictures) {
  await put(file, (target) => copyFile(path.join(sources, file), target));
}
const wanted = new Set([...bundles.map(([file]) => file), ...pictures]);
for (const file of await filesBelow(out)) {
  if (!wanted.has(file)) await rm(path.join(out, file));
}
console.log(`front end: ${bundles.length} bundles, ${pictures.length} pictures in ${out}`);
