using System.IO.Compression;
using System.Text;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Tests.Intelligence.Workbench;

public sealed class Reading_tables : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tables-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("a,b\r\n1,x\r\n2,y\r\n")]
    [InlineData("\uFEFFa,b\n1,x\n2,y")] // byte order mark, no last line end
    [InlineData("a;b\n1;x\n2;y\n")]
    [InlineData("a\tb\n1\tx\n2\ty\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n\n\"2\",\"y\"\n")] // an empty line is none
    [InlineData("a , b\n +1 , x \n2,y\n")]
    public void Every_common_dialect_is_the_same_table(string text)
    {
        var table = Read(text).Table;
        ((NumericColumn)table.Find("a")!).Values.ShouldBe([1, 2]);
        var words = (CategoryColumn)table.Find("b")!;
        new[] { words[0], words[1] }.ShouldBe(["x", "y"]);
    }

    [Fact]
    public void Quotes_hold_separators_line_breaks_and_quotes()
    {
        var words = (CategoryColumn)Read("id,note\n1,\"a, \"\"b\"\"\nc\"\n2,\"\"\n").Table.Find("note")!;
        words[0].ShouldBe("a, \"b\"\nc");
        words[1].ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("?")]
    [InlineData("null")]
    [InlineData("NaN")]
    [InlineData("#N/A")]
    public void What_exports_write_for_unknown_is_missing(string cell)
    {
        var numbers = (NumericColumn)Read($"a,b\n1,x\n{cell},y\n").Table.Find("a")!;
        double.IsNaN(numbers.Values[1]).ShouldBeTrue();
    }

    [Fact]
    public void Kinds_are_decided_by_every_cell_and_not_by_the_first()
    {
        var csv = Read("n,d,w,comma\n1,2024-02-29,7,1\n-2.5e3,2024-03-01 06:00:00,008,2\n3,,x,3\n");
        csv.Readings["n"].Kind.ShouldBe(ColumnKind.Number);
        csv.Readings["d"].Kind.ShouldBe(ColumnKind.Date);
        csv.Readings["w"].Kind.ShouldBe(ColumnKind.Words);
        ((CategoryColumn)csv.Table.Find("w")!)[1].ShouldBe("008"); // a code keeps its zeros
        ((NumericColumn)csv.Table.Find("d")!).Values[1].ShouldBe(19783.25);
    }

    [Fact]
    public void Behind_a_semicolon_the_comma_is_a_decimal_point() =>
        ((NumericColumn)Read("a;b\n1,5;x\n2,25;y\n").Table.Find("a")!).Values.ShouldBe([1.5, 2.25]);

    [Fact]
    public void A_gzipped_table_is_read_and_records_cross_buffers()
    {
        var path = Path.Combine(_folder, "big.csv.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            writer.Write("number,text\n");
            for (var row = 0; row < 60_000; row++)
            {
                writer.Write($"{row},\"line {row}\nsecond, \"\"line\"\" {row % 7}\"\n");
            }
        }

        var table = CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Value.Table;
        table.RowCount.ShouldBe(60_000);
        ((NumericColumn)table.Find("number")!).Values[59_999].ShouldBe(59_999);
        ((CategoryColumn)table.Find("text")!)[59_999].ShouldBe("line 59999\nsecond, \"line\" 2");
    }

    [Theory]
    //          text                                  line  what the refusal says
    [InlineData("a,b\n1,2\n1,2,3\n",                  3,    "3 fields; the header has 2")]
    [InlineData("a,b\n1,2\n1\n",                      3,    "1 fields; the header has 2")]
    [InlineData("a,b\n\"x\ny\",2\n1\n",               4,    "1 fields")]   // a quoted line break counts as a line
    [InlineData("a,b\n1,\"2\n",                       2,    "does not end")]
    [InlineData("a,b\n1,\"2\"x\n",                    2,    "text follows the closing quote")]
    [InlineData("a,a\n1,2\n",                         1,    "the column a is there twice")]
    [InlineData("a,b\n1,1e999\n",                     2,    "finite number")]
    [InlineData("a,b\n",                              2,    "no row")]
    [InlineData("",                                   1,    "empty")]
    [InlineData("a\0,b\n1,2\n",                       1,    "not text")]
    public void A_broken_table_is_refused_with_its_line(string text, long line, string reason)
    {
        var path = Write(text);
        var refused = CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Error.ShouldBeOfType<CsvRefused>();
        refused.Reason.ShouldContain(reason);
        refused.Line.ShouldBe(line);
        refused.Message.ShouldContain(path);
    }

    [Fact]
    public void Utf16_and_an_absent_file_are_refused_by_name()
    {
        var path = Path.Combine(_folder, "wide.csv");
        File.WriteAllText(path, "a,b\n1,2\n", Encoding.Unicode);
        CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Error!.Message.ShouldContain("UTF-16");
        CsvTable.Read(path + "x", CsvExpectations.None, CancellationToken.None).Error!.Message.ShouldContain("no such file");
        File.Move(path, path + ".gz");
        CsvTable.Read(path + ".gz", CsvExpectations.None, CancellationToken.None).Error!.Message.ShouldContain("not gzip");
    }

    [Theory]
    //          one cell                     another cell                   days since 1970 of the first
    [InlineData("2024-02-29",                "2024-03-01 06:00",            19782)]
    [InlineData("2024-02-29T12:00:00+02:00", "2024-03-01T00:00:00Z",        19782 + (10 / 24.0))]
    [InlineData("2024-02-29 12:00:00.123456-0500", "2024-03-01 00:00:00",   19782 + (17.0000342933 / 24))]
    [InlineData("29-Feb-24",                 "1-Mar-99",                    19782)]
    [InlineData("Feb 29 2024",               "March 1 2024",                19782)]
    [InlineData("\"Feb 29, 2024 6:00 PM\"",  "\"Mar 1, 2024\"",             19782.75)]
    [InlineData("29/02/2024",                "01/03/2024",                  19782)]   // the first cell tells what is a day in the second
    [InlineData("29.02.2024 06:00",          "01.03.2024",                  19782.25)]
    [InlineData("02/29/2024 12:30 AM",       "03/01/2024",                  19782 + (0.5 / 24))]
    [InlineData("2/3/2024",                  "3/4/2024",                    19756)]   // nothing tells: the month is first
    [InlineData("2.3.2024",                  "3.4.2024",                    19784)]   // … and between dots the day
    public void Days_are_read_in_the_form_of_their_whole_column(string one, string another, double days)
    {
        var csv = Read($"a,b\n{one},1\n{another},2\n");
        csv.Readings["a"].Kind.ShouldBe(ColumnKind.Date);
        ((NumericColumn)csv.Table.Find("a")!).Values[0].ShouldBe(days, 1e-6);
    }

    [Theory]
    [InlineData("10-12-05", "11-12-05")]     // as often a code as a day
    [InlineData("31/02/2024", "01/03/2024")] // there is no such day
    [InlineData("2024-02-29", "29/02/2024")] // two forms are none
    [InlineData("2024-02-29 25:00", "2024-03-01")]
    [InlineData("1.2.3", "2.3.4")]
    public void What_is_no_day_for_sure_stays_words(string one, string another) =>
        Read($"a,b\n{one},1\n{another},2\n").Readings["a"].Kind.ShouldBe(ColumnKind.Words);

    [Theory]
    [InlineData("\"1,234.5\"", 1234.5)]
    [InlineData("\"-12,345,678\"", -12345678)]
    [InlineData("$1.50", 1.5)]
    [InlineData("\"€ 1,000\"", 1000)]
    [InlineData("12.5%", 12.5)]
    [InlineData("€3", 3)]
    [InlineData(".5", 0.5)]
    public void A_dressed_number_is_a_number(string cell, double value) =>
        ((NumericColumn)Read($"a,b\n{cell},x\n1,y\n").Table.Find("a")!).Values[0].ShouldBe(value);

    [Theory]
    [InlineData("\"1,23\"")]
    [InlineData("\"1234,567\"")]
    [InlineData("\",123\"")]
    [InlineData("%")]
    [InlineData("+")]
    [InlineData("$")]
    [InlineData("0x1F")]
    [InlineData("\"1,2345\"")]
    [InlineData("32/12/2024")]
    [InlineData("1/2/3/4")]
    public void What_only_resembles_a_number_is_words(string cell) =>
        Read($"a,b\n{cell},x\n1,y\n").Readings["a"].Kind.ShouldBe(ColumnKind.Words);

    [Fact]
    public void Behind_a_semicolon_points_group_and_commas_divide() =>
        ((NumericColumn)Read("a;b\n1.234,5;x\n2,25;y\n").Table.Find("a")!).Values.ShouldBe([1234.5, 2.25]);

    [Fact]
    public void Remarks_between_measurements_are_missing_and_counted()
    {
        var measured = Read("weight,code,b\n" + string.Concat(Enumerable.Range(0, 600).Select(row =>
            row % 3 == 0 ? $"Freight included,X{row},1\n" : $"{row}.5,{row:0000},1\n")));
        measured.Remarks["weight"].ShouldBe(200);
        ((NumericColumn)measured.Table.Find("weight")!).Values[1].ShouldBe(1.5);

        // Zeros in front belong to codes, and codes are words.
        measured.Readings["code"].Kind.ShouldBe(ColumnKind.Words);
    }

    [Fact]
    public void Latin_letters_of_an_old_export_are_read()
    {
        var path = Path.Combine(_folder, "latin.csv");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes("land,b\nCôte d'Ivoire,1\nMali,2\n"));
        ((CategoryColumn)CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Value.Table.Find("land")!)[0].ShouldBe("Côte d'Ivoire");
    }

    private CsvTable Read(string text) => CsvTable.Read(Write(text), CsvExpectations.None, CancellationToken.None).Value;

    private string Write(string text)
    {
        var path = Path.Combine(_folder, "table.csv");
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return path;
    }
}
