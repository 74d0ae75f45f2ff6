/** Types of the part of fontverter that is used here: conversion between font formats. */
declare module 'fontverter' {
  export function convert(font: Uint8Array, to: 'truetype' | 'woff2'): Promise<Uint8Array<ArrayBuffer>>;
}
