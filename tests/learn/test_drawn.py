from trainer.catalog.packs import get_pack
from trainer.learn.drawn import picture

ARCHITECTURE = get_pack("twitter").architecture
PICTURE = picture(ARCHITECTURE)


def test_each_box_stands_in_the_band_of_its_layer():
    bands = {layer.id: band for layer, band in zip(ARCHITECTURE.layers, PICTURE.bands, strict=True)}

    assert [band.name for band in PICTURE.bands] == [each.name for each in ARCHITECTURE.layers]
    for box, component in zip(PICTURE.drawing.boxes, ARCHITECTURE.components, strict=True):
        band = bands[component.layer]
        assert band.top < box.place.y
        assert box.place.y + box.place.height < band.top + band.height


def test_the_bands_lie_without_a_gap_inside_the_picture():
    ends = [round(band.top + band.height, 1) for band in PICTURE.bands]

    assert [band.top for band in PICTURE.bands][1:] == ends[:-1]
    assert PICTURE.top <= PICTURE.bands[0].top
    assert PICTURE.top + PICTURE.height >= ends[-1]


def test_the_words_for_the_picture_name_every_arrow():
    names = {each.id: each.name for each in ARCHITECTURE.components}

    for edge in ARCHITECTURE.edges:
        assert f"{names[edge.source]} to {names[edge.target]}." in PICTURE.drawing.description


def test_layers_whose_boxes_stand_side_by_side_get_no_bands():
    mixed = [
        each.model_copy(update={"layer": "data"}) if each.id == "rate-limiter" else each
        for each in ARCHITECTURE.components
    ]
    drawn = picture(ARCHITECTURE.model_copy(update={"components": tuple(mixed)}))

    assert drawn.bands == ()
    assert drawn.height == drawn.drawing.height
