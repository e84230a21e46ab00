//! Languages (ISO 639-1, some with a region or script). Generated from CLDR names once; the codes are those of the API.

use async_graphql::Enum;

/// Languages (ISO 639-1, some with a region or script).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum LanguageCode {
    /// Afrikaans.
    #[graphql(name = "AF")]
    Af,
    /// Akan.
    #[graphql(name = "AK")]
    Ak,
    /// Amharic.
    #[graphql(name = "AM")]
    Am,
    /// Arabic.
    #[graphql(name = "AR")]
    Ar,
    /// Assamese.
    #[graphql(name = "AS")]
    As,
    /// Azerbaijani.
    #[graphql(name = "AZ")]
    Az,
    /// Belarusian.
    #[graphql(name = "BE")]
    Be,
    /// Bulgarian.
    #[graphql(name = "BG")]
    Bg,
    /// Bambara.
    #[graphql(name = "BM")]
    Bm,
    /// Bangla.
    #[graphql(name = "BN")]
    Bn,
    /// Tibetan.
    #[graphql(name = "BO")]
    Bo,
    /// Breton.
    #[graphql(name = "BR")]
    Br,
    /// Bosnian.
    #[graphql(name = "BS")]
    Bs,
    /// Catalan.
    #[graphql(name = "CA")]
    Ca,
    /// Chechen.
    #[graphql(name = "CE")]
    Ce,
    /// Central Kurdish.
    #[graphql(name = "CKB")]
    Ckb,
    /// Czech.
    #[graphql(name = "CS")]
    Cs,
    /// Church Slavic.
    #[graphql(name = "CU")]
    Cu,
    /// Welsh.
    #[graphql(name = "CY")]
    Cy,
    /// Danish.
    #[graphql(name = "DA")]
    Da,
    /// German.
    #[graphql(name = "DE")]
    De,
    /// Dzongkha.
    #[graphql(name = "DZ")]
    Dz,
    /// Ewe.
    #[graphql(name = "EE")]
    Ee,
    /// Greek.
    #[graphql(name = "EL")]
    El,
    /// English.
    #[graphql(name = "EN")]
    En,
    /// Esperanto.
    #[graphql(name = "EO")]
    Eo,
    /// Spanish.
    #[graphql(name = "ES")]
    Es,
    /// Estonian.
    #[graphql(name = "ET")]
    Et,
    /// Basque.
    #[graphql(name = "EU")]
    Eu,
    /// Persian.
    #[graphql(name = "FA")]
    Fa,
    /// Fula.
    #[graphql(name = "FF")]
    Ff,
    /// Finnish.
    #[graphql(name = "FI")]
    Fi,
    /// Filipino.
    #[graphql(name = "FIL")]
    Fil,
    /// Faroese.
    #[graphql(name = "FO")]
    Fo,
    /// French.
    #[graphql(name = "FR")]
    Fr,
    /// Western Frisian.
    #[graphql(name = "FY")]
    Fy,
    /// Irish.
    #[graphql(name = "GA")]
    Ga,
    /// Scottish Gaelic.
    #[graphql(name = "GD")]
    Gd,
    /// Galician.
    #[graphql(name = "GL")]
    Gl,
    /// Gujarati.
    #[graphql(name = "GU")]
    Gu,
    /// Manx.
    #[graphql(name = "GV")]
    Gv,
    /// Hausa.
    #[graphql(name = "HA")]
    Ha,
    /// Hebrew.
    #[graphql(name = "HE")]
    He,
    /// Hindi.
    #[graphql(name = "HI")]
    Hi,
    /// Croatian.
    #[graphql(name = "HR")]
    Hr,
    /// Hungarian.
    #[graphql(name = "HU")]
    Hu,
    /// Armenian.
    #[graphql(name = "HY")]
    Hy,
    /// Interlingua.
    #[graphql(name = "IA")]
    Ia,
    /// Indonesian.
    #[graphql(name = "ID")]
    Id,
    /// Igbo.
    #[graphql(name = "IG")]
    Ig,
    /// Sichuan Yi.
    #[graphql(name = "II")]
    Ii,
    /// Icelandic.
    #[graphql(name = "IS")]
    Is,
    /// Italian.
    #[graphql(name = "IT")]
    It,
    /// Japanese.
    #[graphql(name = "JA")]
    Ja,
    /// Javanese.
    #[graphql(name = "JV")]
    Jv,
    /// Georgian.
    #[graphql(name = "KA")]
    Ka,
    /// Kikuyu.
    #[graphql(name = "KI")]
    Ki,
    /// Kazakh.
    #[graphql(name = "KK")]
    Kk,
    /// Kalaallisut.
    #[graphql(name = "KL")]
    Kl,
    /// Khmer.
    #[graphql(name = "KM")]
    Km,
    /// Kannada.
    #[graphql(name = "KN")]
    Kn,
    /// Korean.
    #[graphql(name = "KO")]
    Ko,
    /// Kashmiri.
    #[graphql(name = "KS")]
    Ks,
    /// Kurdish.
    #[graphql(name = "KU")]
    Ku,
    /// Cornish.
    #[graphql(name = "KW")]
    Kw,
    /// Kyrgyz.
    #[graphql(name = "KY")]
    Ky,
    /// Latin.
    #[graphql(name = "LA")]
    La,
    /// Luxembourgish.
    #[graphql(name = "LB")]
    Lb,
    /// Ganda.
    #[graphql(name = "LG")]
    Lg,
    /// Lingala.
    #[graphql(name = "LN")]
    Ln,
    /// Lao.
    #[graphql(name = "LO")]
    Lo,
    /// Lithuanian.
    #[graphql(name = "LT")]
    Lt,
    /// Luba-Katanga.
    #[graphql(name = "LU")]
    Lu,
    /// Latvian.
    #[graphql(name = "LV")]
    Lv,
    /// Malagasy.
    #[graphql(name = "MG")]
    Mg,
    /// Māori.
    #[graphql(name = "MI")]
    Mi,
    /// Macedonian.
    #[graphql(name = "MK")]
    Mk,
    /// Malayalam.
    #[graphql(name = "ML")]
    Ml,
    /// Mongolian.
    #[graphql(name = "MN")]
    Mn,
    /// Moldavian.
    #[graphql(name = "MO")]
    Mo,
    /// Marathi.
    #[graphql(name = "MR")]
    Mr,
    /// Malay.
    #[graphql(name = "MS")]
    Ms,
    /// Maltese.
    #[graphql(name = "MT")]
    Mt,
    /// Burmese.
    #[graphql(name = "MY")]
    My,
    /// Norwegian Bokmål.
    #[graphql(name = "NB")]
    Nb,
    /// North Ndebele.
    #[graphql(name = "ND")]
    Nd,
    /// Nepali.
    #[graphql(name = "NE")]
    Ne,
    /// Dutch.
    #[graphql(name = "NL")]
    Nl,
    /// Norwegian Nynorsk.
    #[graphql(name = "NN")]
    Nn,
    /// Norwegian.
    #[graphql(name = "NO")]
    No,
    /// Oromo.
    #[graphql(name = "OM")]
    Om,
    /// Odia.
    #[graphql(name = "OR")]
    Or,
    /// Ossetic.
    #[graphql(name = "OS")]
    Os,
    /// Punjabi.
    #[graphql(name = "PA")]
    Pa,
    /// Polish.
    #[graphql(name = "PL")]
    Pl,
    /// Pashto.
    #[graphql(name = "PS")]
    Ps,
    /// Portuguese.
    #[graphql(name = "PT")]
    Pt,
    /// Portuguese (Brazil).
    #[graphql(name = "PT_BR")]
    PtBr,
    /// Portuguese (Portugal).
    #[graphql(name = "PT_PT")]
    PtPt,
    /// Quechua.
    #[graphql(name = "QU")]
    Qu,
    /// Romansh.
    #[graphql(name = "RM")]
    Rm,
    /// Rundi.
    #[graphql(name = "RN")]
    Rn,
    /// Romanian.
    #[graphql(name = "RO")]
    Ro,
    /// Russian.
    #[graphql(name = "RU")]
    Ru,
    /// Kinyarwanda.
    #[graphql(name = "RW")]
    Rw,
    /// Sanskrit.
    #[graphql(name = "SA")]
    Sa,
    /// Sardinian.
    #[graphql(name = "SC")]
    Sc,
    /// Sindhi.
    #[graphql(name = "SD")]
    Sd,
    /// Northern Sami.
    #[graphql(name = "SE")]
    Se,
    /// Sango.
    #[graphql(name = "SG")]
    Sg,
    /// Serbo-Croatian.
    #[graphql(name = "SH")]
    Sh,
    /// Sinhala.
    #[graphql(name = "SI")]
    Si,
    /// Slovak.
    #[graphql(name = "SK")]
    Sk,
    /// Slovenian.
    #[graphql(name = "SL")]
    Sl,
    /// Shona.
    #[graphql(name = "SN")]
    Sn,
    /// Somali.
    #[graphql(name = "SO")]
    So,
    /// Albanian.
    #[graphql(name = "SQ")]
    Sq,
    /// Serbian.
    #[graphql(name = "SR")]
    Sr,
    /// Sundanese.
    #[graphql(name = "SU")]
    Su,
    /// Swedish.
    #[graphql(name = "SV")]
    Sv,
    /// Swahili.
    #[graphql(name = "SW")]
    Sw,
    /// Tamil.
    #[graphql(name = "TA")]
    Ta,
    /// Telugu.
    #[graphql(name = "TE")]
    Te,
    /// Tajik.
    #[graphql(name = "TG")]
    Tg,
    /// Thai.
    #[graphql(name = "TH")]
    Th,
    /// Tigrinya.
    #[graphql(name = "TI")]
    Ti,
    /// Turkmen.
    #[graphql(name = "TK")]
    Tk,
    /// Tongan.
    #[graphql(name = "TO")]
    To,
    /// Turkish.
    #[graphql(name = "TR")]
    Tr,
    /// Tatar.
    #[graphql(name = "TT")]
    Tt,
    /// Uyghur.
    #[graphql(name = "UG")]
    Ug,
    /// Ukrainian.
    #[graphql(name = "UK")]
    Uk,
    /// Urdu.
    #[graphql(name = "UR")]
    Ur,
    /// Uzbek.
    #[graphql(name = "UZ")]
    Uz,
    /// Vietnamese.
    #[graphql(name = "VI")]
    Vi,
    /// Volapük.
    #[graphql(name = "VO")]
    Vo,
    /// Wolof.
    #[graphql(name = "WO")]
    Wo,
    /// Xhosa.
    #[graphql(name = "XH")]
    Xh,
    /// Yiddish.
    #[graphql(name = "YI")]
    Yi,
    /// Yoruba.
    #[graphql(name = "YO")]
    Yo,
    /// Chinese.
    #[graphql(name = "ZH")]
    Zh,
    /// Chinese (China).
    #[graphql(name = "ZH_CN")]
    ZhCn,
    /// Chinese (Taiwan).
    #[graphql(name = "ZH_TW")]
    ZhTw,
    /// Zulu.
    #[graphql(name = "ZU")]
    Zu,
}

impl LanguageCode {
    /// Every code with its value.
    pub const ALL: &[(&str, Self)] = &[
        ("AF", Self::Af),
        ("AK", Self::Ak),
        ("AM", Self::Am),
        ("AR", Self::Ar),
        ("AS", Self::As),
        ("AZ", Self::Az),
        ("BE", Self::Be),
        ("BG", Self::Bg),
        ("BM", Self::Bm),
        ("BN", Self::Bn),
        ("BO", Self::Bo),
        ("BR", Self::Br),
        ("BS", Self::Bs),
        ("CA", Self::Ca),
        ("CE", Self::Ce),
        ("CKB", Self::Ckb),
        ("CS", Self::Cs),
        ("CU", Self::Cu),
        ("CY", Self::Cy),
        ("DA", Self::Da),
        ("DE", Self::De),
        ("DZ", Self::Dz),
        ("EE", Self::Ee),
        ("EL", Self::El),
        ("EN", Self::En),
        ("EO", Self::Eo),
        ("ES", Self::Es),
        ("ET", Self::Et),
        ("EU", Self::Eu),
        ("FA", Self::Fa),
        ("FF", Self::Ff),
        ("FI", Self::Fi),
        ("FIL", Self::Fil),
        ("FO", Self::Fo),
        ("FR", Self::Fr),
        ("FY", Self::Fy),
        ("GA", Self::Ga),
        ("GD", Self::Gd),
        ("GL", Self::Gl),
        ("GU", Self::Gu),
        ("GV", Self::Gv),
        ("HA", Self::Ha),
        ("HE", Self::He),
        ("HI", Self::Hi),
        ("HR", Self::Hr),
        ("HU", Self::Hu),
        ("HY", Self::Hy),
        ("IA", Self::Ia),
        ("ID", Self::Id),
        ("IG", Self::Ig),
        ("II", Self::Ii),
        ("IS", Self::Is),
        ("IT", Self::It),
        ("JA", Self::Ja),
        ("JV", Self::Jv),
        ("KA", Self::Ka),
        ("KI", Self::Ki),
        ("KK", Self::Kk),
        ("KL", Self::Kl),
        ("KM", Self::Km),
        ("KN", Self::Kn),
        ("KO", Self::Ko),
        ("KS", Self::Ks),
        ("KU", Self::Ku),
        ("KW", Self::Kw),
        ("KY", Self::Ky),
        ("LA", Self::La),
        ("LB", Self::Lb),
        ("LG", Self::Lg),
        ("LN", Self::Ln),
        ("LO", Self::Lo),
        ("LT", Self::Lt),
        ("LU", Self::Lu),
        ("LV", Self::Lv),
        ("MG", Self::Mg),
        ("MI", Self::Mi),
        ("MK", Self::Mk),
        ("ML", Self::Ml),
        ("MN", Self::Mn),
        ("MO", Self::Mo),
        ("MR", Self::Mr),
        ("MS", Self::Ms),
        ("MT", Self::Mt),
        ("MY", Self::My),
        ("NB", Self::Nb),
        ("ND", Self::Nd),
        ("NE", Self::Ne),
        ("NL", Self::Nl),
        ("NN", Self::Nn),
        ("NO", Self::No),
        ("OM", Self::Om),
        ("OR", Self::Or),
        ("OS", Self::Os),
        ("PA", Self::Pa),
        ("PL", Self::Pl),
        ("PS", Self::Ps),
        ("PT", Self::Pt),
        ("PT_BR", Self::PtBr),
        ("PT_PT", Self::PtPt),
        ("QU", Self::Qu),
        ("RM", Self::Rm),
        ("RN", Self::Rn),
        ("RO", Self::Ro),
        ("RU", Self::Ru),
        ("RW", Self::Rw),
        ("SA", Self::Sa),
        ("SC", Self::Sc),
        ("SD", Self::Sd),
        ("SE", Self::Se),
        ("SG", Self::Sg),
        ("SH", Self::Sh),
        ("SI", Self::Si),
        ("SK", Self::Sk),
        ("SL", Self::Sl),
        ("SN", Self::Sn),
        ("SO", Self::So),
        ("SQ", Self::Sq),
        ("SR", Self::Sr),
        ("SU", Self::Su),
        ("SV", Self::Sv),
        ("SW", Self::Sw),
        ("TA", Self::Ta),
        ("TE", Self::Te),
        ("TG", Self::Tg),
        ("TH", Self::Th),
        ("TI", Self::Ti),
        ("TK", Self::Tk),
        ("TO", Self::To),
        ("TR", Self::Tr),
        ("TT", Self::Tt),
        ("UG", Self::Ug),
        ("UK", Self::Uk),
        ("UR", Self::Ur),
        ("UZ", Self::Uz),
        ("VI", Self::Vi),
        ("VO", Self::Vo),
        ("WO", Self::Wo),
        ("XH", Self::Xh),
        ("YI", Self::Yi),
        ("YO", Self::Yo),
        ("ZH", Self::Zh),
        ("ZH_CN", Self::ZhCn),
        ("ZH_TW", Self::ZhTw),
        ("ZU", Self::Zu),
    ];

    /// The value of a code; `None` for an unknown one.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let place = Self::ALL.binary_search_by_key(&code, |(known, _)| known).ok()?;
        Self::ALL.get(place).map(|(_, value)| *value)
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        // The list is sorted by code and so are the variants: a short scan finds it.
        Self::ALL.iter().find(|(_, value)| *value == self).map_or("", |(code, _)| code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_round_trip() {
        assert!(LanguageCode::ALL.is_sorted_by_key(|(code, _)| *code));
        for (code, value) in LanguageCode::ALL {
            assert_eq!(LanguageCode::from_code(code), Some(*value));
            assert_eq!(value.code(), *code);
        }
        assert_eq!(LanguageCode::from_code("??"), None);
    }
}
