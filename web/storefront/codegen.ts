// Owns how `src/gql` is made: types and typed documents for everything in `src/**/*.graphql`, from the server's schema.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    './src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Color: 'string', DateTime: 'string', Decimal: 'string', HTML: 'string', URL: 'string' },
      },
    },
  },
};

export default config;
