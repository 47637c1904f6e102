import type { ResvgRenderOptions } from '@resvg/resvg-js';

const folder = '@expo-google-fonts/open-sans';

/** Open Sans from the package, so that a figure looks the same on every machine. */
export const fontOptions: NonNullable<ResvgRenderOptions['font']> = {
  loadSystemFonts: false,
  defaultFontFamily: 'Open Sans',
  fontFiles: [
    require.resolve(`${folder}/400Regular/OpenSans_400Regular.ttf`),
    require.resolve(`${folder}/400Regular_Italic/OpenSans_400Regular_Italic.ttf`),
    require.resolve(`${folder}/700Bold/OpenSans_700Bold.ttf`),
  ],
};

/** Height above and depth below the baseline in units of the font size (Open Sans, hhea table). */
export const fontAscent = 1.069;
export const fontDescent = 0.293;
