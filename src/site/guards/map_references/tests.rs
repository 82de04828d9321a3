//! Wordings that are a point on a map, wordings that are none, and laws about both.

use proptest::prelude::*;

use super::{in_address, in_text};

#[test]
fn texts_that_point_to_a_place_are_found() {
    for text in [
        "The clinic is at 36.2361, 37.1732.",
        "at 36.236, 37.173 in the north",
        "36.2361 37.1732",
        "(36.2361;37.1732)",
        "36.2361/37.1732",
        "36.2361°N 37.1732°E",
        "36.236° N, 37.173° E",
        "N36.2361 E37.1732",
        "N 36.236, E 37.173",
        "36.236 N, 37.173 E",
        "-33.8688, 151.2093",
        "lat 36.2361 lon 37.1732",
        "lat: 36.236, lon: 37.173",
        "latitude=36.236 longitude=37.173",
        "36.2361 and 37.1732",
        "(0.5; 36.2361; 37.1732)",
        "36,2361; 37,1732",
        "36,2361 et 37,1732",
        "٣٦٫٢٣٦١، ٣٧٫١٧٣٢",
        "۳۶٫۲۳۶۱ ۳۷٫۱۷۳۲",
        "36°14'10\"N 37°10'23\"E",
        "36° 14′ 10″ N, 37° 10′ 23″ E",
        "36º14’10” N",
        "36°14.170' N, 37°10.383' E",
        "36 deg 14 min 10 sec north",
        "N 36 14.170 E 037 10.383",
        "36:14:10N 37:10:23E",
        "N 36 14 10, E 37 10 23",
        "361410N 0371023E",
        "geo:36.2361,37.1732",
        "https://www.google.com/maps/@36.2361,37.1732,17z",
        "google.com/maps/place/Quay+Clinic",
        "https://maps.google.com/?q=clinic",
        "https://maps.app.goo.gl/AbCdEf",
        "https://goo.gl/maps/AbCdEf",
        "https://www.openstreetmap.org/#map=17/36.2361/37.1732",
        "https://www.openstreetmap.org/?mlat=36.2361&mlon=37.1732",
        "https://www.openstreetmap.org/way/123",
        "https://osm.org/go/x_Z",
        "https://maps.apple.com/?ll=36.2361,37.1732",
        "https://yandex.com/maps/?ll=37.1732%2C36.2361",
        "https://www.bing.com/maps?cp=36.2361~37.1732",
        "https://waze.com/ul?ll=36.2361,37.1732",
        "8G7X57PF+9Q",
        "57PF+9Q Port Brine",
        "https://plus.codes/8G7X57PF+9Q",
        "///filled.count.soap",
        "what3words.com/filled.count.soap",
        "///كلمة.أخرى.ثالثة",
        "37S CA 12345 67890",
        "37SCA1234567890",
        "37 S CA 123 456",
        "37S 335000 4010000",
        "36.236, 37.173, 36.240, 37.181",
        "(36.236, 37.173), (36.240, 37.181), (36.249, 37.190)",
        "36.236, 37.173 and 36.240, 37.181",
        "coordinates 36.236, 37.173, 1.250 (height)",
        "GPS: 36.236 37.173",
        "lat/lon: 36.236/37.173",
        "N 36.236, 37.173, 36.240",
        "latitude and longitude are 36.236 and 37.173",
        "latitude is 36.236 while longitude is 37.173",
        "The longitude (east) is about 37.173, and the latitude 36.23.",
        "Lat. 36.236 Long. 37.17",
        "{\"lat\":36.236,\"zoom\":17,\"lng\":37.173}",
        "latitud 36,2361 y longitud 37,1732",
        "la latitude est de 36,236 et la longitude de 37,173",
        "خط العرض ٣٦٫٢٣٦ وخط الطول ٣٧٫١٧٣",
        "36 degrees 14 minutes 10 seconds north",
        "36 grados 14 minutos 10 segundos",
        "https://example.org/?lat=36.236&zoom=17&lon=37.173",
        "https://example.org/?lon=37.173&layers=B000&m=1&lat=36.236#here",
        "https://example.org/?center_lat=36.2361&z=4&center_lng=37.1732",
        "maps.apple.com/p/AbC.dEf",
        "https://maps.apple/p/AbC",
        "https://w.wiki/AbC",
        "w.wiki/AbC",
        "https://goo.gl/AbC",
        "osm.org/go/x_Z",
        "https://yandex.ru/maps/-/CDxYz",
        "https://mapy.com/s/abc",
    ] {
        assert!(in_text(text).is_some(), "{text}");
    }
    for address in [
        "https://example.org/?ll=36.236,37.173",
        "https://example.org/#17/36.236/37.173",
        "https://example.org/?lat=36.236&lon=37.173",
        "https://example.org/data=!3d36.236!4d37.173",
        "https://example.org/?x=37.173&z=17&y=36.23",
    ] {
        assert!(in_address(address).is_some(), "{address}");
    }
}

#[test]
fn numbers_and_addresses_that_are_no_point_are_not() {
    for text in [
        "",
        "At 10:30 there were 1,234 people and 56,789 tents.",
        "36.2, 37.1",
        "36.24, 37.17 at most",
        "36,236 37,173 people",
        "12.5, 13.5 and 14.5 per cent",
        "It was 38° in the shade, and 2.5 litres were left.",
        "p = 0.0012, 0.0034",
        "Pages 10-20, 2031-05-02T10:00:00+03:00",
        "Call +90 212 555 1234 or 0800 123456.",
        "2 + 2 = 4; 2222+22 cases",
        "C++ and A+B",
        "file:///home/user.name.txt",
        "https://example.org/a.b.c",
        "https://www.openstreetmap.org/copyright",
        "https://www.openstreetmap.org/#map=12/36.2/37.1",
        "somewhere.com/news",
        "The 37th Street clinic had 12345 visits.",
        "Ratio 1.2345",
        "version 1.2.3456",
        "UN 2139/2014 and 2165/2014",
        "120 of 300 (40.123 %)",
        "It costs 12.345, 13.456 and 14.000 pounds.",
        "12.345, 13.456, 14.000 or 15.100 people",
        "1.234.567, 12.345, 13.456",
        "cuesta 12.345, 13.456 y 14.000 libras",
        "12.345, 13.456 et 14.000",
        "١٢٫٣٤٥، ١٣٫٤٥٦ و ١٤٫٠٠٠",
        "From $12.345, 13.456 now",
        "12.345, 13.456 €",
        "12.345, 13.456 Syrian pounds",
        "12.345, 13.456 litres of water",
        "12.345, 13.456 libras sirias",
        "12.345, 13.456 لترا",
        "12.000, 15.500 on two days",
        "The flat has 3.125 square metres, and is 4.250 long.",
        "Later 3.125 of them came along, 4.250 in all.",
        "latitude is 36.23 while longitude is 37.17",
        "It was 38 degrees, 14 minutes after noon.",
        "https://example.org/wiki/map",
        "low.wiki/AbC",
    ] {
        assert_eq!(in_text(text), None, "{text}");
    }
}

/// A point of four decimals, in a form that texts or addresses have.
fn point() -> impl Strategy<Value = String> {
    (10.0..80.0_f64, 10.0..170.0_f64, 0..9_usize).prop_map(|(lat, lon, form)| match form {
        0 => format!("{lat:.4}, {lon:.4}"),
        1 => format!("{lat:.4} {lon:.4}"),
        2 => format!("({lat:.4}; {lon:.4})"),
        3 => format!("{lat:.3}° N, {lon:.3}° E"),
        4 => format!("latitude is {lat:.3} while longitude is {lon:.3}"),
        5 => format!("longitude {lon:.4}, latitude {lat:.1}"),
        6 => format!("https://example.org/?lat={lat:.4}&zoom=17&lon={lon:.4}"),
        7 => format!("https://example.org/?lng={lon:.3}&t=m&z=4&lat={lat:.3}"),
        _ => format!("geo:{lat:.4},{lon:.4}"),
    })
}

/// Three to seven numbers with thousands, as a list ends in several languages.
fn thousands() -> impl Strategy<Value = String> {
    let numbers = prop::collection::vec((1..200_u32, 0..1000_u32), 3..8);
    let no_track = |numbers: &Vec<(u32, u32)>| {
        numbers.len() % 2 == 1 || numbers.chunks(2).any(|pair| pair[0].0 != numbers[0].0)
    };
    let last = prop::sample::select(vec![", ", " and ", ", and ", " y ", " et ", " و "]);
    (numbers.prop_filter("points in one square", no_track), last).prop_map(|(numbers, last)| {
        let written: Vec<String> =
            numbers.iter().map(|(thousands, rest)| format!("{thousands}.{rest:03}")).collect();
        let (end, list) = written.split_last().expect("there are three");
        format!("{}{last}{end}", list.join(", "))
    })
}

proptest! {
    #[test]
    fn a_point_is_found_wherever_it_is_in_a_text(
        before in "\\PC{0,40}", point in point(), after in "\\PC{0,40}",
    ) {
        let text = format!("{before} {point} {after}");
        prop_assert!(in_text(&text).is_some());
    }

    #[test]
    fn a_list_of_numbers_with_thousands_is_no_point(
        before in "(costs|prices|On two days|)", list in thousands(), after in "[a-z.]{0,10}",
    ) {
        let text = format!("{before}: {list} {after}");
        prop_assert_eq!(in_text(&text), None);
    }

    #[test]
    fn any_text_is_searched_without_a_panic(text in "\\PC{0,80}") {
        let _ = (in_text(&text), in_address(&text));
    }
}
