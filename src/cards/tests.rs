//! The laws of cards: always a picture of one size, for every text.

use std::io::Cursor;

use proptest::prelude::*;

use super::fonts::{FontWeight, Fonts};
use super::shaping::{Style, shape};
use super::wrapping::{measured, wrap};
use super::{CardText, HEIGHT, PictureCard, WIDTH};
use crate::bidi::TextDirection;

/// Width, height, and the colours of all pixels.
fn pixels(png: &[u8]) -> (u32, u32, Vec<[u8; 3]>) {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut buffer).unwrap();
    assert_eq!(frame.color_type, png::ColorType::Rgb);
    let colours = buffer.chunks_exact(3).map(|colour| [colour[0], colour[1], colour[2]]);
    (frame.width, frame.height, colours.collect())
}

fn card(title: &str, direction: TextDirection) -> PictureCard {
    PictureCard {
        direction,
        title: CardText { text: title.to_owned(), direction },
        as_of: "Information up to 2 October 2016, 21:00 GMT+3".to_owned(),
        site: "East Aleppo briefings".to_owned(),
        ..PictureCard::default()
    }
}

fn directions() -> impl Strategy<Value = TextDirection> {
    prop_oneof![Just(TextDirection::LeftToRight), Just(TextDirection::RightToLeft)]
}

/// Words of many scripts, marks without a letter, controls of direction, faces, letters of XML.
fn titles() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-Z <>&\"']{0,300}",
        "[\u{621}-\u{652} a-z0-9]{0,200}",
        "[a-e\u{300}-\u{345}]{0,400}",
        "[ab\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}-\u{200f}\u{5d0} ]{0,80}",
        "[\u{1f600}-\u{1f64f}\u{200d}\u{fe0f}]{0,20}",
        "[w]{100,1500}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_title_gives_a_picture_of_the_one_size(
        title in titles(),
        alert in titles(),
        detail in titles(),
        direction in directions(),
    ) {
        let detail = CardText { text: detail, direction };
        let png = PictureCard { alert, detail, ..card(&title, direction) }.draw(&Fonts::default());
        let (width, height, _) = pixels(&png);
        prop_assert_eq!((width as usize, height as usize), (WIDTH, HEIGHT));
    }

    #[test]
    fn no_line_is_wider_than_its_room(title in titles(), direction in directions(), most in 1..5_usize) {
        let fonts = Fonts::default();
        let style = Style { direction, weight: FontWeight::Bold, fonts: &fonts };
        let wrapped = wrap(&measured(&title, &style), 20.0, most);
        prop_assert!(wrapped.lines.len() <= most);
        for line in &wrapped.lines {
            let width = shape(line, &style).width;
            // Letters that are joined are a little wider or narrower than apart.
            prop_assert!(width <= 20.0 * 1.1, "{} {:?}", width, line);
        }
    }
}

#[test]
fn the_fonts_of_the_program_have_the_same_letters_in_both_weights() {
    let fonts = Fonts::default();
    for letter in (0x20..0x2fff).filter_map(char::from_u32) {
        let has = |weight| fonts.find(&letter.to_string(), weight).is_some();
        assert_eq!(has(FontWeight::Regular), has(FontWeight::Bold), "{letter:?}");
    }
}

#[test]
fn a_letter_that_no_font_has_is_named() {
    let missing = |title: &str| card(title, TextDirection::LeftToRight).missing_letters(&Fonts::default());
    assert_eq!(
        missing("Water – eau, вода, νερό, ماء; żółć, nước, ş, ƙ, «١٢٣» 5 € \u{2067}لا\u{2069}"),
        Vec::<char>::new()
    );
    assert_eq!(missing("ម and 🙂 and ម"), ['ម', '🙂']);
    // A font of the site that cannot be read has no letters.
    let broken = Fonts::new(vec![b"no font".to_vec(), Vec::new()]);
    assert_eq!(card("ម", TextDirection::LeftToRight).missing_letters(&broken), ['ម']);
}

#[test]
fn letters_of_arabic_are_joined_and_run_from_right_to_left() {
    let fonts = Fonts::default();
    let style = Style { direction: TextDirection::RightToLeft, weight: FontWeight::Bold, fonts: &fonts };
    let glyphs = |text: &str| -> Vec<u32> {
        shape(text, &style).glyphs.iter().map(|glyph| glyph.id.to_u32()).collect()
    };
    let apart: Vec<u32> = "ببب".chars().flat_map(|letter| glyphs(&letter.to_string())).collect();
    let joined = glyphs("ببب");
    assert_ne!(joined, apart);
    assert!(joined[0] != joined[1] && joined[1] != joined[2], "an end, a middle, a begin: {joined:?}");
    // The first word is at the right, and a Latin name in between keeps its order.
    let mixed = glyphs("ماء UN نار");
    let (first, last) = (glyphs("ماء"), glyphs("نار"));
    assert!(mixed.starts_with(&last) && mixed.ends_with(&first), "{mixed:?}");
    let latin = glyphs("UN");
    assert!(mixed.windows(2).any(|pair| pair == latin), "{mixed:?}");
}

#[test]
fn a_long_title_is_cut_at_a_word_and_says_so() {
    let fonts = Fonts::default();
    let style = Style { direction: TextDirection::LeftToRight, weight: FontWeight::Bold, fonts: &fonts };
    let title = "Water is back in the northern districts, ".repeat(20);
    let wrapped = wrap(&measured(&title, &style), 20.0, 4);
    assert!(wrapped.is_cut);
    assert_eq!(wrapped.lines.len(), 4);
    let kept = wrapped.lines.join(" ");
    let kept = kept.strip_suffix('…').unwrap();
    assert!(title.starts_with(kept) && title[kept.len()..].starts_with([' ', ',']), "{kept:?}");
    let short = wrap(&measured("Water is back", &style), 20.0, 4);
    assert_eq!((short.lines, short.is_cut), (vec!["Water is back".to_owned()], false));
}

#[test]
fn marks_that_are_piled_up_cover_no_other_line() {
    let piled = format!("a{} b", "\u{300}".repeat(80));
    let alert = "Correction".to_owned();
    let of = |title: &str| {
        let card = PictureCard { alert: alert.clone(), ..card(title, TextDirection::LeftToRight) };
        pixels(&card.draw(&Fonts::default())).2
    };
    let rows = |pixels: &[[u8; 3]]| pixels[..super::ALERT_HEIGHT * WIDTH].to_vec();
    assert!(rows(&of(&piled)) == rows(&of("a b")), "the alert is as without the marks");
}

#[test]
fn a_card_is_small() {
    let long = "Government side reaches the edge of al-Heluk as water stations in the north fail again, \
        and the last hospital of the eastern districts reports that it has fuel for two more days only";
    let png = PictureCard {
        alert: "Serious · Correction · 3 October 2016, 08:10 GMT+3".to_owned(),
        ..card(long, TextDirection::LeftToRight)
    }
    .draw(&Fonts::default());
    assert!(png.len() < 20_000, "{} bytes", png.len());
}
