// biome-ignore-all lint/style/noDefaultExport: this is how Vite hands out what is no script

declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module '*.svg' {
  const url: string;
  export default url;
}

declare module '*.css';
