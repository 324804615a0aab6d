package dev.lossforge.runtime.data;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * How an image is converted to numbers.
 *
 * @param height in pixels; 0 keeps the image's own, as for the width
 * @param channels 3 for red, green and blue, 1 for the brightness
 */
record ImageForm(int height, int width, int channels) {
    ImageForm {
        if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
            throw new DataException("An image has a height and a width of at least 1, but " + height + " and " + width
                    + " were requested.");
        }
        if (height > 0) {
            Shape.of(height, width, channels); // refuses what no array can hold
        }
    }

    /** Values from 0 to 1, shape {@code [height, width, channels]}; transparent pixels appear white. */
    Tensor read(Path file) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (RuntimeException e) {
            // On damaged files, the JDK's decoders throw more than IOException.
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IOException("it is not an image that can be read");
        }
        float[] pixels = pixels(image);
        return height == 0
                ? Tensor.over(pixels, image.getHeight(), image.getWidth(), channels)
                : Tensor.over(scaled(pixels, image.getHeight(), image.getWidth()), height, width, channels);
    }

    private float[] pixels(BufferedImage image) {
        int[] colours = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        float[] pixels = new float[colours.length * channels];
        for (int i = 0; i < colours.length; i++) {
            float alpha = (colours[i] >>> 24) / 255f;
            float red = alpha * (colours[i] >> 16 & 255) / 255 + 1 - alpha;
            float green = alpha * (colours[i] >> 8 & 255) / 255 + 1 - alpha;
            float blue = alpha * (colours[i] & 255) / 255 + 1 - alpha;
            if (channels == 1) {
                pixels[i] = 0.299f * red + 0.587f * green + 0.114f * blue; // the luma of Rec. 601
            } else {
                pixels[3 * i] = red;
                pixels[3 * i + 1] = green;
                pixels[3 * i + 2] = blue;
            }
        }
        return pixels;
    }

    /** Scales the image: each new pixel is the mean of the part of the image that it covers. */
    private float[] scaled(float[] pixels, int oldHeight, int oldWidth) {
        float[] rows = new float[Shape.of(height, oldWidth, channels).size()];
        resample(pixels, oldHeight, oldWidth * channels, rows, height);
        float[] scaled = new float[height * width * channels];
        for (int row = 0; row < height; row++) {
            float[] line = new float[oldWidth * channels];
            System.arraycopy(rows, row * line.length, line, 0, line.length);
            float[] shorter = new float[width * channels];
            resample(line, oldWidth, channels, shorter, width);
            System.arraycopy(shorter, 0, scaled, row * shorter.length, shorter.length);
        }
        return scaled;
    }

    /** Resamples along the first of two axes. */
    private static void resample(float[] from, int oldLength, int inner, float[] to, int length) {
        double step = (double) oldLength / length;
        for (int i = 0; i < length; i++) {
            double begin = i * step;
            double end = Math.min(begin + step, oldLength);
            for (int k = 0; k < inner; k++) {
                double sum = 0;
                for (int j = (int) begin; j < end; j++) {
                    sum += from[j * inner + k] * (Math.min(j + 1, end) - Math.max(j, begin));
                }
                to[i * inner + k] = (float) (sum / (end - begin));
            }
        }
    }
}
