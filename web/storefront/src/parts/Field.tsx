// Owns a labelled field of a form, with the server's refusal read out next to it.
import { type InputHTMLAttributes, useId } from 'react';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  refusal?: string | undefined;
}

export function Field({ label, refusal, className = '', ...input }: FieldProps) {
  const id = useId();
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}{!input.required && <span className="soft"> (optional)</span>}</label>
      <input {...input} id={id} aria-invalid={refusal ? true : undefined} aria-describedby={refusal ? `${id}-refusal` : undefined} />
      {refusal && <p className="refusal" id={`${id}-refusal`}>{refusal}</p>}
    </div>
  );
}

export interface UserError {
  field?: string[] | null;
  message: string;
}

/** The refusal that belongs to the field `name`: the last word of its path in the input. */
export const refusalOf = (errors: UserError[], name: string) => errors.find(({ field }) => field?.at(-1) === name)?.message;
