//! Languages (ISO 639-1, some with a region or script). Generated from CLDR names once; the codes are those of the API.

use super::codes;

codes! {
    /// Languages (ISO 639-1, some with a region or script).
    LanguageCode {
        /// Afrikaans.
        "AF" => Af,
        /// Akan.
        "AK" => Ak,
        /// Amharic.
        "AM" => Am,
        /// Arabic.
        "AR" => Ar,
        /// Assamese.
        "AS" => As,
        /// Azerbaijani.
        "AZ" => Az,
        /// Belarusian.
        "BE" => Be,
        /// Bulgarian.
        "BG" => Bg,
        /// Bambara.
        "BM" => Bm,
        /// Bangla.
        "BN" => Bn,
        /// Tibetan.
        "BO" => Bo,
        /// Breton.
        "BR" => Br,
        /// Bosnian.
        "BS" => Bs,
        /// Catalan.
        "CA" => Ca,
        /// Chechen.
        "CE" => Ce,
        /// Central Kurdish.
        "CKB" => Ckb,
        /// Czech.
        "CS" => Cs,
        /// Church Slavic.
        "CU" => Cu,
        /// Welsh.
        "CY" => Cy,
        /// Danish.
        "DA" => Da,
        /// German.
        "DE" => De,
        /// Dzongkha.
        "DZ" => Dz,
        /// Ewe.
        "EE" => Ee,
        /// Greek.
        "EL" => El,
        /// English.
        "EN" => En,
        /// Esperanto.
        "EO" => Eo,
        /// Spanish.
        "ES" => Es,
        /// Estonian.
        "ET" => Et,
        /// Basque.
        "EU" => Eu,
        /// Persian.
        "FA" => Fa,
        /// Fula.
        "FF" => Ff,
        /// Finnish.
        "FI" => Fi,
        /// Filipino.
        "FIL" => Fil,
        /// Faroese.
        "FO" => Fo,
        /// French.
        "FR" => Fr,
        /// Western Frisian.
        "FY" => Fy,
        /// Irish.
        "GA" => Ga,
        /// Scottish Gaelic.
        "GD" => Gd,
        /// Galician.
        "GL" => Gl,
        /// Gujarati.
        "GU" => Gu,
        /// Manx.
        "GV" => Gv,
        /// Hausa.
        "HA" => Ha,
        /// Hebrew.
        "HE" => He,
        /// Hindi.
        "HI" => Hi,
        /// Croatian.
        "HR" => Hr,
        /// Hungarian.
        "HU" => Hu,
        /// Armenian.
        "HY" => Hy,
        /// Interlingua.
        "IA" => Ia,
        /// Indonesian.
        "ID" => Id,
        /// Igbo.
        "IG" => Ig,
        /// Sichuan Yi.
        "II" => Ii,
        /// Icelandic.
        "IS" => Is,
        /// Italian.
        "IT" => It,
        /// Japanese.
        "JA" => Ja,
        /// Javanese.
        "JV" => Jv,
        /// Georgian.
        "KA" => Ka,
        /// Kikuyu.
        "KI" => Ki,
        /// Kazakh.
        "KK" => Kk,
        /// Kalaallisut.
        "KL" => Kl,
        /// Khmer.
        "KM" => Km,
        /// Kannada.
        "KN" => Kn,
        /// Korean.
        "KO" => Ko,
        /// Kashmiri.
        "KS" => Ks,
        /// Kurdish.
        "KU" => Ku,
        /// Cornish.
        "KW" => Kw,
        /// Kyrgyz.
        "KY" => Ky,
        /// Latin.
        "LA" => La,
        /// Luxembourgish.
        "LB" => Lb,
        /// Ganda.
        "LG" => Lg,
        /// Lingala.
        "LN" => Ln,
        /// Lao.
        "LO" => Lo,
        /// Lithuanian.
        "LT" => Lt,
        /// Luba-Katanga.
        "LU" => Lu,
        /// Latvian.
        "LV" => Lv,
        /// Malagasy.
        "MG" => Mg,
        /// Māori.
        "MI" => Mi,
        /// Macedonian.
        "MK" => Mk,
        /// Malayalam.
        "ML" => Ml,
        /// Mongolian.
        "MN" => Mn,
        /// Moldavian.
        "MO" => Mo,
        /// Marathi.
        "MR" => Mr,
        /// Malay.
        "MS" => Ms,
        /// Maltese.
        "MT" => Mt,
        /// Burmese.
        "MY" => My,
        /// Norwegian Bokmål.
        "NB" => Nb,
        /// North Ndebele.
        "ND" => Nd,
        /// Nepali.
        "NE" => Ne,
        /// Dutch.
        "NL" => Nl,
        /// Norwegian Nynorsk.
        "NN" => Nn,
        /// Norwegian.
        "NO" => No,
        /// Oromo.
        "OM" => Om,
        /// Odia.
        "OR" => Or,
        /// Ossetic.
        "OS" => Os,
        /// Punjabi.
        "PA" => Pa,
        /// Polish.
        "PL" => Pl,
        /// Pashto.
        "PS" => Ps,
        /// Portuguese.
        "PT" => Pt,
        /// Portuguese (Brazil).
        "PT_BR" => PtBr,
        /// Portuguese (Portugal).
        "PT_PT" => PtPt,
        /// Quechua.
        "QU" => Qu,
        /// Romansh.
        "RM" => Rm,
        /// Rundi.
        "RN" => Rn,
        /// Romanian.
        "RO" => Ro,
        /// Russian.
        "RU" => Ru,
        /// Kinyarwanda.
        "RW" => Rw,
        /// Sanskrit.
        "SA" => Sa,
        /// Sardinian.
        "SC" => Sc,
        /// Sindhi.
        "SD" => Sd,
        /// Northern Sami.
        "SE" => Se,
        /// Sango.
        "SG" => Sg,
        /// Serbo-Croatian.
        "SH" => Sh,
        /// Sinhala.
        "SI" => Si,
        /// Slovak.
        "SK" => Sk,
        /// Slovenian.
        "SL" => Sl,
        /// Shona.
        "SN" => Sn,
        /// Somali.
        "SO" => So,
        /// Albanian.
        "SQ" => Sq,
        /// Serbian.
        "SR" => Sr,
        /// Sundanese.
        "SU" => Su,
        /// Swedish.
        "SV" => Sv,
        /// Swahili.
        "SW" => Sw,
        /// Tamil.
        "TA" => Ta,
        /// Telugu.
        "TE" => Te,
        /// Tajik.
        "TG" => Tg,
        /// Thai.
        "TH" => Th,
        /// Tigrinya.
        "TI" => Ti,
        /// Turkmen.
        "TK" => Tk,
        /// Tongan.
        "TO" => To,
        /// Turkish.
        "TR" => Tr,
        /// Tatar.
        "TT" => Tt,
        /// Uyghur.
        "UG" => Ug,
        /// Ukrainian.
        "UK" => Uk,
        /// Urdu.
        "UR" => Ur,
        /// Uzbek.
        "UZ" => Uz,
        /// Vietnamese.
        "VI" => Vi,
        /// Volapük.
        "VO" => Vo,
        /// Wolof.
        "WO" => Wo,
        /// Xhosa.
        "XH" => Xh,
        /// Yiddish.
        "YI" => Yi,
        /// Yoruba.
        "YO" => Yo,
        /// Chinese.
        "ZH" => Zh,
        /// Chinese (China).
        "ZH_CN" => ZhCn,
        /// Chinese (Taiwan).
        "ZH_TW" => ZhTw,
        /// Zulu.
        "ZU" => Zu,
    }
}
